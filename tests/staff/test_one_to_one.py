"""Saying something to one customer alone: who may read it, what the thread is told, and how they answer."""

from collections.abc import Callable
from uuid import uuid4

import pytest
from django.core import mail
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.management import call_command
from django.test import Client
from django.utils import timezone

from community.members.limits import TooSoon
from community.members.models import Member, TrustLevel
from community.notifications.models import MailPreference, Notification
from community.threads.models import Post, Thread
from staff.claiming import claim
from staff.models import Conversation, ConversationType, Message, Reason, SavedReply
from staff.one_to_one.messaging import receive, say
from staff.one_to_one.writing import note_for, write_alone
from staff.permissions import AskFirst
from staff.reading import newest_said_at

As = Callable[[Member | None], Client]
WORDS = "Please send us your order number, and we replace the jumper."


@pytest.fixture
def said(waiting: Conversation, responder: Member) -> Message:
    """Rhea wrote to Mara alone about her question."""
    return write_alone(
        by=responder, conversation=waiting, body=WORDS, type=ConversationType.RETENTION, note=note_for(waiting)
    )


def test_a_message_reaches_the_customer_by_page_and_bell_and_mail(said: Message, member: Member, as_: As) -> None:
    assert WORDS in as_(member).get(f"/messages/{said.conversation_id}/").content.decode()
    assert Notification.objects.filter(member=member, kind=Notification.Kind.MESSAGE, post=None).exists()
    letter = mail.outbox[-1]
    assert letter.to == [member.email]
    assert "order number" in letter.body
    assert "order number" in str(letter.message())
    assert letter.extra_headers["Auto-Submitted"] == "no"


def test_nobody_else_finds_the_page(said: Message, other_member: Member, as_: As) -> None:
    assert as_(other_member).get(f"/messages/{said.conversation_id}/").status_code == 404
    assert as_(other_member).post(f"/messages/{said.conversation_id}/answer/", {"body": "Hello"}).status_code == 404
    assert "/accounts/login/" in as_(None).get(f"/messages/{said.conversation_id}/")["Location"]


def test_a_colleague_is_led_to_the_desk(said: Message, analyst: Member, as_: As) -> None:
    assert as_(analyst).get(f"/messages/{said.conversation_id}/")["Location"] == said.conversation.get_absolute_url()


def test_a_conversation_without_a_word_alone_has_no_page(waiting: Conversation, member: Member, as_: As) -> None:
    assert as_(member).get(f"/messages/{waiting.pk}/").status_code == 404
    with pytest.raises(PermissionDenied):
        receive(customer=member, conversation=waiting, body="Anybody there?")


def test_the_thread_is_told_once_as_a_holding_reply(said: Message, responder: Member, question: Thread) -> None:
    """Rule 3: what the thread is told counts as our first word, and answers nobody."""
    write_alone(by=responder, conversation=said.conversation, body="One more thing.", confirm_second=True)
    told = Post.objects.get(thread=question, is_official=True)
    assert (told.kind, told.reply.is_holding) == (Post.Kind.COMMENT, True)
    assert "written to you alone" in told.body
    said.conversation.refresh_from_db()
    assert said.conversation.first_company_response_at == told.created_at
    question.refresh_from_db()
    assert question.answer_count == 0


def test_without_a_word_in_the_thread_nothing_is_written(waiting: Conversation, responder: Member) -> None:
    with pytest.raises(ValidationError):
        write_alone(by=responder, conversation=waiting, body=WORDS, note=" ")
    assert not Message.objects.exists()


def test_the_message_ends_the_wait_and_an_answer_starts_it_again(said: Message, member: Member) -> None:
    said.conversation.refresh_from_db()
    assert said.conversation.state == Conversation.State.ANSWERED
    answer = receive(customer=member, conversation=said.conversation, body="It is A-1009.")
    said.conversation.refresh_from_db()
    assert said.conversation.needs_reply
    assert said.conversation.reasons.standing().filter(kind=Reason.Kind.PRIVATE_MESSAGE, message=answer).exists()
    assert said.conversation.waiting_since == answer.created_at


def test_chasing_does_not_shorten_the_wait(said: Message, member: Member) -> None:
    """Rule 3: the oldest unanswered message counts, and only a full reply clears it."""
    first = receive(customer=member, conversation=said.conversation, body="It is A-1009.")
    receive(customer=member, conversation=said.conversation, body="Are you there?")
    said.conversation.refresh_from_db()
    assert said.conversation.waiting_since == first.created_at


def test_a_holding_message_leaves_the_customer_waiting(waiting: Conversation, responder: Member) -> None:
    """Rule 3."""
    write_alone(by=responder, conversation=waiting, body="We look into it.", note=note_for(waiting), is_holding=True)
    waiting.refresh_from_db()
    assert waiting.needs_reply
    assert waiting.first_company_response_at is not None


def test_one_key_makes_one_message(waiting: Conversation, responder: Member, member: Member) -> None:
    key = uuid4()
    twice = [
        write_alone(by=responder, conversation=waiting, body=WORDS, note=note_for(waiting), submission_key=key)
        for _ in range(2)
    ]
    assert twice[0] == twice[1]
    answers = [receive(customer=member, conversation=waiting, body="Thanks", submission_key=key) for _ in range(2)]
    assert answers[0] == answers[1]
    assert Message.objects.count() == 2
    assert Post.objects.filter(is_official=True).count() == 1


def test_a_colleague_who_has_it_is_named_first(waiting: Conversation, responder: Member, moderator: Member) -> None:
    """Rule 6."""
    claim(by=moderator, conversation=waiting)
    with pytest.raises(AskFirst, match="Milo has this"):
        write_alone(by=responder, conversation=waiting, body=WORDS, note=note_for(waiting))
    assert not Post.objects.filter(is_official=True).exists()
    assert write_alone(by=responder, conversation=waiting, body=WORDS, note=note_for(waiting), confirm_second=True).pk


def test_a_second_answer_to_the_same_message_is_asked_about(said: Message, moderator: Member) -> None:
    """Rule 6."""
    with pytest.raises(AskFirst, match="Rhea has answered Mara Lind"):
        say(by=moderator, conversation=said.conversation, body=WORDS, place=Message.Place.PRIVATE)


def test_what_was_written_meanwhile_is_shown_first(said: Message, responder: Member, member: Member) -> None:
    seen = newest_said_at(said.conversation)
    receive(customer=member, conversation=said.conversation, body="Never mind, I found it.")
    with pytest.raises(AskFirst, match="wrote again"):
        say(by=responder, conversation=said.conversation, body=WORDS, place=Message.Place.PRIVATE, seen=seen)


def test_what_is_written_to_be_posted_elsewhere_reaches_nobody_by_itself(
    waiting: Conversation, responder: Member
) -> None:
    """Rule 15."""
    written = say(by=responder, conversation=waiting, body="We are sorry.", place=Message.Place.OUTSIDE)
    waiting.refresh_from_db()
    assert (written.posted_at, mail.outbox, waiting.needs_reply) == (None, [], True)


def test_new_members_links_are_capped_as_in_posts(said: Message, member: Member) -> None:
    member.trust_level = TrustLevel.NEW
    with pytest.raises(ValidationError):
        receive(
            customer=member, conversation=said.conversation, body="http://a.example http://b.example http://c.example"
        )


def test_nobody_writes_without_end(said: Message, member: Member) -> None:
    for number in range(6):
        receive(customer=member, conversation=said.conversation, body=f"Message {number}")
    with pytest.raises(TooSoon):
        receive(customer=member, conversation=said.conversation, body="And one more")


def test_who_wants_no_mail_when_we_reply_gets_none_and_the_desk_reads_so(
    waiting: Conversation, responder: Member, member: Member
) -> None:
    MailPreference.objects.create(member=member, company=False)
    sent = write_alone(by=responder, conversation=waiting, body=WORDS, note=note_for(waiting))
    sent.refresh_from_db()
    assert (mail.outbox, sent.mailed_at) == ([], None)
    assert "no mail" in sent.not_mailed_because


def test_the_customer_answers_on_the_page(said: Message, member: Member, as_: As) -> None:
    page = f"/messages/{said.conversation_id}/"
    response = as_(member).post(f"{page}answer/", {"body": "It is A-1009, <b>red</b>."}, follow=True)
    assert "&lt;b&gt;red" in response.content.decode()
    assert Message.objects.get(is_official=False).author == member


def test_an_empty_answer_is_refused_with_words(said: Message, member: Member, as_: As) -> None:
    response = as_(member).post(f"/messages/{said.conversation_id}/answer/", {"body": ""})
    assert response.status_code == 200
    assert not Message.objects.filter(is_official=False).exists()


def test_an_agent_writes_from_the_conversation(waiting: Conversation, responder: Member, as_: As) -> None:
    address = f"/staff/conversations/{waiting.pk}/alone/"
    assert "Write to Mara Lind alone" in as_(responder).get(waiting.get_absolute_url()).content.decode()
    page = as_(responder).get(address)
    form = page.context["form"]
    data = {f"alone-{name}": form[name].value() or "" for name in ("note", "seen", "submission_key")}
    response = as_(responder).post(address, data | {"alone-body": WORDS, "alone-type": "retention"})
    assert response.status_code == 302
    assert WORDS in as_(responder).get(waiting.get_absolute_url()).content.decode()


def test_what_the_customer_wrote_is_read_while_one_writes(waiting: Conversation, responder: Member, as_: As) -> None:
    page = as_(responder).get(f"/staff/conversations/{waiting.pk}/alone/").content.decode()
    assert "where everybody can read it" in page and waiting.thread.posts.first().body[:20] in page


def test_the_public_reply_warns_that_the_last_words_came_alone(said: Message, member: Member, as_: As) -> None:
    warning = "Their last words came to us alone"
    desk, address = as_(said.author), said.conversation.get_absolute_url()
    assert warning not in desk.get(address).content.decode()
    receive(customer=member, conversation=said.conversation, body="My order number is A-20931.")
    assert warning in desk.get(address).content.decode()


def test_seen_is_noted_by_a_post_alone(said: Message, member: Member, as_: As) -> None:
    as_(member).get(f"/messages/{said.conversation_id}/")
    said.refresh_from_db()
    assert said.read_at is None
    as_(member).post(f"/messages/{said.conversation_id}/seen/")
    said.refresh_from_db()
    assert said.read_at is not None and said.read_at <= timezone.now()
    assert not Notification.objects.filter(member=member, kind="message").unread().exists()
    assert "1 new" not in as_(member).get("/messages/").content.decode()


def test_what_is_said_alone_stands_nowhere_else(
    waiting: Conversation, responder: Member, member: Member, other_member: Member, manager: Member, as_: As
) -> None:
    """Not in the thread, lists, feeds, search, profiles, the export, nor on another member's pages."""
    write_alone(by=responder, conversation=waiting, body="Your secret is quixotry.", note=note_for(waiting))
    receive(customer=member, conversation=waiting, body="Mine is quixotry, too.")
    call_command("reindex", verbosity=0)
    thread = member.threads.get()
    addresses = [thread.get_absolute_url(), "/", "/questions/", "/feeds/questions/", "/search/?q=quixotry"]
    addresses += [member.get_absolute_url(), responder.get_absolute_url(), "/members/mara/questions/"]
    for reader in (None, other_member, member):
        for address in addresses:
            said = as_(reader).get(address).content.decode().replace("/search/?q=quixotry", "")
            assert "is quixotry" not in said, address
    assert "quixotry" not in as_(other_member).get("/messages/").content.decode()
    assert "quixotry" not in as_(manager).get("/staff/moving/export/").getvalue().decode()


def test_the_link_in_a_message_leads_on_and_asks_whether_it_helped(
    waiting: Conversation, responder: Member, member: Member, as_: As
) -> None:
    """Rule 9: the third step is the customer's, from the letter or the page."""
    link = {"link_url": "https://alder-and-tarn.example/care/wool", "link_need": "how to wash wool"}
    sent = write_alone(by=responder, conversation=waiting, body=WORDS, note=note_for(waiting), **link)
    assert f"/go/{sent.helpful_link.token}/" in mail.outbox[-1].body
    assert "Did that page help you?" in mail.outbox[-1].body
    assert "Did that page help you?" in as_(member).get(f"/messages/{waiting.pk}/").content.decode()
    assert as_(None).get(f"/go/{sent.helpful_link.token}/")["Location"] == link["link_url"]


@pytest.mark.parametrize(
    "words",
    ["It is A-20931, and yes, the same card. Thank you!", "My order number is A-20931. Thanks", "Yes, thank you"],
)
def test_what_we_asked_for_is_read_even_with_thanks(said: Message, member: Member, words: str) -> None:
    """Rule 2: nothing leaves the queue unseen; “please send us your order number” asked for just that."""
    receive(customer=member, conversation=said.conversation, body=words)
    said.conversation.refresh_from_db()
    assert said.conversation.needs_reply


def test_thanks_alone_ask_for_nothing(said: Message, member: Member) -> None:
    receive(customer=member, conversation=said.conversation, body="Thank you so much!")
    said.conversation.refresh_from_db()
    assert not said.conversation.needs_reply


def test_a_saved_reply_that_went_out_alone_counts_as_used(waiting: Conversation, responder: Member) -> None:
    saved = SavedReply.objects.create(title="Where is it?", body="Your parcel, {customer}, is on its way.")
    write_alone(
        by=responder,
        conversation=waiting,
        body="It is on its way.",
        note="We have written.",
        drafts=f"saved-{saved.pk}",
    )
    saved.refresh_from_db()
    assert saved.times_used == 1
