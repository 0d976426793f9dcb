"""Replying as the company: what it clears, what it leaves, and when it asks first."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone

from community.moderation.flagging import flag
from community.moderation.models import Flag
from community.threads.models import Post
from community.threads.withdrawing import withdraw
from staff.claiming import claim
from staff.escalating import escalate
from staff.models import Conversation, Event, Reply
from staff.permissions import AskFirst
from staff.replying import reply
from staff.triage.running import triage
from tests.staff.conftest import answer_for, write

pytestmark = pytest.mark.django_db
State = Conversation.State
BODY = "Cold water, wool soap, flat on a towel."


def fresh(conversation: Conversation) -> Conversation:
    return Conversation.objects.get(pk=conversation.pk)


def test_a_reply_is_official_stops_the_clock_and_is_credited_to_who_wrote_it(waiting, responder):
    sent = reply(by=responder, conversation=waiting, body=BODY, type="retention")
    after = fresh(waiting)
    assert (sent.post.is_official, sent.post.author) == (True, responder)
    assert (after.state, after.waiting_since, after.due_at) == (State.ANSWERED, None, None)
    assert (after.type, after.type_confirmed_by) == ("retention", responder)
    assert sent.waited_since == waiting.waiting_since
    assert not after.reasons.standing().exists()


def test_a_holding_reply_is_the_first_word_and_leaves_the_customer_waiting(waiting, responder):
    due = waiting.due_at
    reply(by=responder, conversation=waiting, body="We are looking into it.", type="retention", is_holding=True)
    after = fresh(waiting)
    assert (after.state, after.waiting_since, after.due_at) == (State.WAITING, waiting.waiting_since, due)
    assert after.first_company_response_at is not None


def test_a_holding_reply_without_a_reason_is_a_promise_that_stays_in_the_queue(waiting, responder):
    reply(by=responder, conversation=waiting, body=BODY, type="retention")
    promise = "We are asking the mill and come back to you."
    reply(by=responder, conversation=waiting, body=promise, type="retention", is_holding=True, confirm_second=True)
    assert fresh(waiting).needs_reply


def test_a_double_click_is_one_reply(waiting, responder):
    key = uuid4()
    first = reply(by=responder, conversation=waiting, body=BODY, type="retention", submission_key=key)
    again = reply(by=responder, conversation=waiting, body=BODY, type="retention", submission_key=key)
    assert (first, Reply.objects.count()) == (again, 1)
    assert Event.objects.filter(what="Replied as the company").count() == 1


def test_a_second_reply_to_the_same_message_asks_first(waiting, responder, manager):
    reply(by=responder, conversation=waiting, body=BODY, type="retention")
    with pytest.raises(AskFirst, match="Rhea has answered Mara Lind already"):
        reply(by=manager, conversation=waiting, body="Wash it cold.", type="retention")
    reply(by=manager, conversation=waiting, body="Wash it cold.", type="retention", confirm_second=True)
    assert Reply.objects.count() == 2


def test_a_reply_to_a_new_message_asks_nothing(waiting, responder, member):
    reply(by=responder, conversation=waiting, body=BODY, type="retention")
    write(member, waiting.thread, "It felted. What now?")
    reply(by=responder, conversation=waiting, body="Send it to our workshop.", type="retention")
    assert fresh(waiting).state == State.ANSWERED


def test_it_asks_first_while_a_colleague_has_the_conversation(waiting, responder, manager):
    claim(by=manager, conversation=waiting)
    with pytest.raises(AskFirst, match="Maud has this conversation"):
        reply(by=responder, conversation=waiting, body=BODY, type="retention")


def test_what_the_customer_wrote_meanwhile_is_never_answered_unread(waiting, responder, member):
    seen = waiting.thread.posts.latest("pk").pk
    write(member, waiting.thread, "Forget it, I want my money back.")
    with pytest.raises(AskFirst, match="Mara Lind wrote again while you were writing"):
        reply(by=responder, conversation=waiting, body=BODY, type="retention", seen_post=seen)
    assert not Reply.objects.exists()


def test_a_withdrawn_reply_no_longer_counts(waiting, responder):
    sent = reply(by=responder, conversation=waiting, body=BODY, type="retention")
    withdraw(by=responder, post=sent.post)
    after = fresh(waiting)
    assert (after.state, after.first_company_response_at) == (State.WAITING, None)
    assert after.waiting_since == waiting.waiting_since


def test_a_reply_answers_members_calls_for_the_company(waiting, opening, other_member, responder):
    flag(by=other_member, post=opening, reason="needs_staff", note="Third time asked")
    reply(by=responder, conversation=waiting, body=BODY, type="retention")
    assert Flag.objects.get().was_upheld


def test_a_holding_reply_to_praise_is_a_promise_too(review, responder):
    """What is worth a thank-you stands as a reason and makes no duty; our own promise does."""
    Post.objects.filter(thread=review.thread).update(body="I love it, thank you so much! The best jumper ever.")
    review.stars = 5
    review.save()
    praised = triage(review.thread_id)
    assert praised.state == State.SETTLED
    promise = "Thank you! We ask our knitters who made it and tell you."
    reply(by=responder, conversation=praised, body=promise, type="appreciation", is_holding=True)
    praised.refresh_from_db()
    assert praised.needs_reply


def test_a_reply_ends_the_claim_and_a_holding_one_keeps_it(waiting, responder):
    claim(by=responder, conversation=waiting)
    reply(by=responder, conversation=waiting, body="We are looking into it.", type="retention", is_holding=True)
    assert fresh(waiting).holder(timezone.now()) == responder
    reply(by=responder, conversation=waiting, body=BODY, type="retention")
    assert fresh(waiting).holder(timezone.now()) is None


def test_customers_and_the_asker_can_not_reply_as_the_company(waiting, other_member, responder):
    with pytest.raises(PermissionDenied):
        reply(by=other_member, conversation=waiting, body=BODY, type="retention")
    waiting.customer = responder
    with pytest.raises(PermissionDenied, match="as a customer"):
        reply(by=responder, conversation=waiting, body=BODY, type="retention")


def test_a_reopened_conversation_does_not_reset_the_first_response(waiting, responder, member):
    reply(by=responder, conversation=waiting, body=BODY, type="retention")
    before = fresh(waiting)
    write(member, waiting.thread, "It felted. What now?")
    after = fresh(waiting)
    assert after.needs_reply
    assert (after.asked_at, after.first_due_at) == (before.asked_at, before.first_due_at)
    assert after.first_company_response_at == before.first_company_response_at


def test_a_colleagues_private_answer_is_no_company_reply(waiting, responder):
    answer_for(responder, waiting.thread, "I like mine with vinegar, speaking for myself.")
    assert fresh(waiting).needs_reply


def test_a_link_needs_both_its_parts(waiting, responder):
    with pytest.raises(ValidationError):
        reply(by=responder, conversation=waiting, body=BODY, type="retention", link_url="https://example.com/wool")
    assert not Post.objects.official().exists()


# Over HTTP ----------------------------------------------------------------------------------------------------------


def send(client, conversation, **fields):
    fields = {"body": BODY, "type": "retention", "seen": conversation.thread.posts.latest("pk").pk} | fields
    return client.post(f"/staff/conversations/{conversation.pk}/reply/", fields, follow=True)


def test_the_reply_form_sends_and_leads_back_to_the_reply(waiting, as_, responder):
    response = send(as_(responder), waiting)
    assert response.redirect_chain[0][0].endswith(f"#post-{Reply.objects.get().pk}")
    assert "Company reply" in as_(None).get(waiting.thread.get_absolute_url()).content.decode()


def test_a_question_keeps_the_text_and_can_be_confirmed(waiting, as_, responder, manager):
    send(as_(responder), waiting)
    asked = send(as_(manager), waiting, body="Another thing I have to say.")
    html = asked.content.decode()
    assert "Nothing has been sent yet" in html
    assert "Another thing I have to say." in html
    send(as_(manager), waiting, body="Another thing I have to say.", confirm_second="on")
    assert Reply.objects.count() == 2


@pytest.mark.parametrize(
    "fields", [{"body": ""}, {"type": "gossip"}, {"body": "x" * 32_001}, {"link_url": "javascript:1"}]
)
def test_bad_input_is_told_and_the_text_kept(waiting, as_, responder, fields):
    response = send(as_(responder), waiting, link_need="how to wash", **fields)
    assert response.status_code == 200
    assert "Please mend" in response.content.decode()
    assert "how to wash" in response.content.decode()
    assert not Reply.objects.exists()


def test_staff_may_send_the_same_words_to_two_customers(waiting, review, as_, responder, manager):
    escalate(by=manager, thread=review.thread)
    for conversation in Conversation.objects.all():
        send(as_(responder), conversation, body="Thank you. We have passed this on to the workshop.")
    assert Reply.objects.count() == 2


def test_replies_are_kept_apart_from_the_time_they_took(waiting, responder):
    long_wait = waiting.waiting_since - timedelta(days=3)
    Post.objects.filter(thread=waiting.thread).update(created_at=long_wait)
    assert reply(by=responder, conversation=waiting, body=BODY, type="retention").waited_since == long_wait
