"""How a conversation ends, and that ending never swallows what the customer says next."""

import pytest
from django.core.exceptions import PermissionDenied

from staff.closing import close, no_reply_needed, reopen
from staff.escalating import escalate
from staff.models import Conversation, Event, Note
from staff.noting import add_note
from staff.permissions import Refused
from staff.replying import reply
from staff.triage.running import triage
from tests.staff.conftest import write

pytestmark = pytest.mark.django_db
State = Conversation.State


def state(conversation: Conversation) -> str:
    return Conversation.objects.get(pk=conversation.pk).state


def test_no_reply_needed_takes_it_out_with_a_reason_and_stays_out(waiting, responder):
    assert no_reply_needed(by=responder, conversation=waiting, because="He found it himself")
    assert not no_reply_needed(by=responder, conversation=waiting, because="He found it himself")
    triage(waiting.thread_id)
    assert state(waiting) == State.NO_REPLY_NEEDED
    assert Event.objects.filter(what="No reply needed: He found it himself", actor=responder).exists()


def test_it_wants_a_reason(waiting, as_, responder):
    with pytest.raises(PermissionDenied, match="Say why"):
        no_reply_needed(by=responder, conversation=waiting, because="  ")
    page = as_(responder).post(f"/staff/conversations/{waiting.pk}/no-reply-needed/", {"end-because": ""})
    assert "Say why no reply is needed" in page.content.decode()
    assert state(waiting) == State.WAITING


def test_what_the_customer_wrote_meanwhile_is_never_dismissed_unread(waiting, responder, member):
    seen = waiting.thread.posts.latest("pk").pk
    write(member, waiting.thread, "Forget it, I want my money back.")
    with pytest.raises(Refused, match="has written again"):
        no_reply_needed(by=responder, conversation=waiting, because="Nothing to add", seen_post=seen)


def test_a_customer_who_writes_after_the_end_is_back_in_the_queue(waiting, responder, member):
    no_reply_needed(by=responder, conversation=waiting, because="Nothing to add")
    write(member, waiting.thread, "There is something else, though.")
    assert state(waiting) == State.WAITING


def test_a_waiting_conversation_can_not_just_be_closed(waiting, responder):
    with pytest.raises(Refused, match="still waits"):
        close(by=responder, conversation=waiting)


def test_an_answered_one_is_closed_once_and_reopened_once(waiting, responder):
    reply(by=responder, conversation=waiting, body="Cold water, wool soap.", type="retention")
    assert close(by=responder, conversation=waiting, because="Thanked us")
    assert not close(by=responder, conversation=waiting)
    assert reopen(by=responder, conversation=waiting)
    assert not reopen(by=responder, conversation=waiting)
    assert state(waiting) == State.WAITING


def test_reopening_brings_back_the_reasons_that_still_stand(question, member, responder):
    write(member, question, "Can anyone from the company help me, please?")
    conversation = Conversation.objects.get()
    no_reply_needed(by=responder, conversation=conversation, because="A mistake")
    reopen(by=responder, conversation=conversation)
    assert list(conversation.reasons.standing().values_list("kind", flat=True)) == ["asks_company"]


def test_escalating_twice_is_one_reason_and_customers_can_not(question, responder, manager, member):
    assert escalate(by=responder, thread=question, why="A journalist")
    assert not escalate(by=manager, thread=question, why="The same")
    with pytest.raises(PermissionDenied, match="You can report a post"):
        escalate(by=member, thread=question)


def test_escalating_from_a_thread_leads_to_its_conversation(question, as_, responder):
    response = as_(responder).post(f"/staff/threads/{question.pk}/escalate/", {"call-why": "A journalist"})
    assert response.url == Conversation.objects.get().get_absolute_url()


def test_a_note_is_never_a_reply_and_never_public(waiting, as_, responder):
    as_(responder).post(f"/staff/conversations/{waiting.pk}/note/", {"note-body": "He is a regular at the Leeds shop."})
    assert state(waiting) == State.WAITING
    assert "Leeds shop" in as_(responder).get(waiting.get_absolute_url()).content.decode()
    assert "Leeds shop" not in as_(None).get(waiting.thread.get_absolute_url()).content.decode()


def test_a_double_click_on_a_note_is_one_note(waiting, responder):
    for _ in range(2):
        add_note(by=responder, conversation=waiting, body="Ask the mill.")
    assert Note.objects.count() == 1


def test_the_type_is_suggested_confirmed_and_changed_with_history(waiting, as_, responder, manager):
    assert (waiting.type, waiting.type_suggested) == ("", "retention")
    for who, kind in ((responder, "retention"), (responder, "retention"), (manager, "acquisition")):
        as_(who).post(f"/staff/conversations/{waiting.pk}/type/", {"type": kind})
    waiting.refresh_from_db()
    assert (waiting.type, waiting.type_confirmed_by) == ("acquisition", manager)
    lines = Event.objects.filter(what__startswith="Type").values_list("what", flat=True)
    assert list(lines) == ["Type: Retention", "Type: Acquisition, before that Retention"]
