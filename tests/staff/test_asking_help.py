"""Rule 11: “Did this help you?” goes to who asked, a day after, once, seldom, and never to who said no."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.core import mail
from django.test import Client
from django.utils import timezone

from community.members.consenting import stands, withdraw_consent
from community.members.models import Consent, Member
from community.threads.models import Post, Thread
from community.threads.pausing import lift, pause
from community.threads.publishing import set_status
from forum.asking import ask_question
from forum.models import Question
from forum.solving import accept
from staff.closing import close
from staff.models import Conversation, HelpQuestion, Message, Outcome
from staff.outcomes.answering_help import question_path
from staff.outcomes.asking_help import ask, ask_what_is_due, due_questions
from staff.outcomes.letters import send_help_questions
from staff.replying import reply
from tests.staff.conftest import answer_for

pytestmark = pytest.mark.django_db
As = Callable[[Member | None], Client]
DAY = timedelta(hours=24)


@pytest.fixture
def solved(answer: Post, member: Member) -> Thread:
    """Mara accepted Tomas's answer 25 hours ago."""
    accept(by=member, post=answer)
    Question.objects.update(accepted_at=timezone.now() - DAY - timedelta(hours=1))
    mail.outbox.clear()
    return answer.thread


@pytest.fixture
def asked(solved: Thread) -> HelpQuestion:
    ask_what_is_due()
    return HelpQuestion.objects.get()


def path(asked: HelpQuestion) -> str:
    return question_path(HelpQuestion.objects.get(pk=asked.pk))


def test_a_day_after_solving_who_asked_gets_one_letter(solved, member, answer):
    assert ask_what_is_due() == 1
    assert send_help_questions() == 1
    asked, letter = HelpQuestion.objects.get(), mail.outbox[0]
    assert (asked.member, asked.post) == (member, answer)
    assert letter.to == [member.email] and "Did this help you?" in letter.subject
    assert "Tomas Berg replied" in letter.body and "/did-it-help/" in letter.body
    assert letter.extra_headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"


def test_a_thread_is_asked_about_once_and_its_letter_leaves_once(solved):
    for _ in range(3):
        ask_what_is_due()
        send_help_questions()
    ask(solved.pk, now=timezone.now() + timedelta(days=20))
    assert (HelpQuestion.objects.count(), len(mail.outbox)) == (1, 1)


def test_not_before_a_day_has_passed_and_not_after_a_month(solved):
    now = timezone.now()
    for ago, is_due in ((DAY - timedelta(minutes=5), False), (DAY, True), (timedelta(days=31), False)):
        Question.objects.update(accepted_at=now - ago)
        assert due_questions(now).exists() is is_due


def test_closing_counts_as_solving_does(waiting, responder, manager):
    sent = reply(by=responder, conversation=waiting, body="Cold water, wool soap.", type="retention").post
    close(by=manager, conversation=Conversation.objects.get())
    assert ask_what_is_due(timezone.now() + timedelta(hours=23)) == 0
    assert ask_what_is_due(timezone.now() + timedelta(hours=25)) == 1
    assert HelpQuestion.objects.get().post == sent


def test_where_nobody_replied_nobody_is_asked(waiting, manager):
    """The trap: a question closed without an answer asks its asker whether it helped."""
    now = timezone.now()
    Conversation.objects.update(state="closed", closed_at=now - DAY, closed_by=manager, waiting_since=None)
    assert ask_what_is_due(now + timedelta(minutes=1)) == 0


def test_a_holding_reply_alone_is_no_reply(waiting, responder, manager):
    reply(by=responder, conversation=waiting, body="We are looking.", type="retention", is_holding=True)
    now = timezone.now()
    Conversation.objects.update(state="closed", closed_at=now - DAY, closed_by=manager, waiting_since=None)
    assert ask_what_is_due(now + timedelta(minutes=1)) == 0


def test_a_customer_is_asked_at_most_once_in_14_days(asked, category, member, other_member):
    other = ask_question(
        by=member, category=category, title="Where is the other sleeve?", body="It has only one sleeve."
    )
    answer_for(other_member, other.thread)
    now = timezone.now()
    Question.objects.filter(pk=other.thread_id).update(accepted_at=now - DAY)
    assert ask_what_is_due(now) == 0
    HelpQuestion.objects.update(asked_at=now - timedelta(days=14))
    assert ask_what_is_due(now) == 1


@pytest.mark.parametrize(
    "fields", [{"is_staff": True, "role": "responder"}, {"is_unclaimed": True}, {"is_active": False}]
)
def test_staff_and_accounts_that_nobody_has_claimed_are_not_asked(solved, member, fields):
    Member.objects.filter(pk=member.pk).update(**fields)
    assert ask_what_is_due() == 0


def test_who_said_no_is_not_asked_even_after_it_was_planned(asked, member):
    """The trap: consent checked when it was queued."""
    withdraw_consent(by=member, channel="mail", purpose=Consent.Purpose.FOLLOW_UP, source="test")
    assert send_help_questions() == 0
    assert mail.outbox == []


def test_who_had_said_no_gets_no_question(solved, member):
    withdraw_consent(by=member, channel="mail", purpose=Consent.Purpose.FOLLOW_UP, source="test")
    assert ask_what_is_due() == 0


def test_a_pause_holds_the_question_and_its_letter_until_it_is_over(asked, manager, member):
    """Rule 13: asked when the letter leaves, not when it was planned."""
    held = pause(by=manager, customer=member, because="Bad news about this product today")
    assert send_help_questions(timezone.now() + timedelta(minutes=1)) == 0
    lift(by=manager, pause=held)
    assert send_help_questions(timezone.now() + timedelta(minutes=20)) == 1


def test_a_pause_of_the_site_asks_nobody(solved, manager):
    pause(by=manager, because="Bad news today")
    assert ask_what_is_due() == 0


def test_looking_answers_nothing_and_sending_records_the_customers_word(asked, as_, answer):
    """The trap: mail programs open every link by themselves."""
    page = as_(None).get(f"{path(asked)}?answer=yes")
    assert page.status_code == 200 and "checked" in page.content.decode()
    assert not Outcome.objects.filter(evidence="customer_said").exists()
    as_(None).post(path(asked), {"answer": "yes", "words": "Soft as new."})
    outcome = Outcome.objects.get(evidence="customer_said")
    assert (outcome.post, outcome.effect, outcome.recorded_by) == (answer, "strengthened", None)
    assert "Soft as new." in outcome.words


def test_an_answer_can_be_changed_and_the_newest_counts(asked, as_):
    for word, effect in (("yes", "strengthened"), ("partly", "no_change"), ("no", "weakened"), ("no", "weakened")):
        as_(None).post(path(asked), {"answer": word})
        assert Outcome.objects.standing().get(evidence="customer_said").effect == effect
    assert Outcome.objects.filter(evidence="customer_said").count() == 3
    assert "We are sorry" in as_(None).get(f"{path(asked)}?thanks=1").content.decode()


@pytest.mark.parametrize("form", [{}, {"answer": "maybe"}, {"answer": "yes", "words": "x" * 600}])
def test_an_answer_that_is_none_is_asked_again_and_the_words_are_kept(asked, as_, form):
    response = as_(None).post(path(asked), form)
    assert response.status_code == 422
    assert form.get("words", "") in response.content.decode()
    assert not HelpQuestion.objects.exclude(answer="").exists()


def test_a_link_that_is_not_ours_opens_nothing(asked, as_):
    assert as_(None).get("/did-it-help/x:y/").status_code == 404
    assert as_(None).get(path(asked).replace("/did-it-help/", "/this-helped/")).status_code == 404
    set_status(asked.thread.posts.get(kind="opening"), "removed")
    assert as_(None).get(path(asked)).status_code == 404


def test_no_more_is_one_click_and_can_be_taken_back(asked, as_, member):
    stop = f"{path(asked)}no-more/"
    as_(None).get(stop)
    assert stands(member, "mail", Consent.Purpose.FOLLOW_UP)
    one_click = Client(enforce_csrf_checks=True).post(stop, {"List-Unsubscribe": "One-Click"})
    assert one_click.content == b"Unsubscribed."
    assert not stands(member, "mail", Consent.Purpose.FOLLOW_UP)
    as_(None).post(stop, {"again": "1"})
    assert stands(member, "mail", Consent.Purpose.FOLLOW_UP)


def test_the_page_of_the_thread_asks_who_asked_and_nobody_else(asked, as_, member, other_member, answer):
    address = asked.thread.get_absolute_url()
    assert "Did this help you?" in as_(member).get(address).content.decode()
    for other in (None, other_member):
        assert "Did this help you?" not in as_(other).get(address).content.decode()
    as_(member).post(path(asked), {"answer": "yes"})
    assert "Did this help you?" not in as_(member).get(address).content.decode()


def test_a_private_reply_is_asked_about_where_it_was_the_last_word(waiting, responder, manager, as_):
    sent = Message.objects.create(
        conversation=waiting, author=responder, body="We sent a new one.", is_official=True, posted_at=timezone.now()
    )
    Conversation.objects.update(state="closed", closed_at=timezone.now(), closed_by=manager, waiting_since=None)
    assert ask_what_is_due(timezone.now() + DAY + timedelta(minutes=1)) == 1
    as_(None).post(path(HelpQuestion.objects.get()), {"answer": "yes"})
    assert Outcome.objects.get(evidence="customer_said").message == sent
