"""From what happens in a thread to what stands in the queue."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from community.moderation.deciding import keep
from community.moderation.flagging import flag
from community.threads.models import Category, Post, Thread
from community.threads.withdrawing import restore, withdraw
from forum.asking import ask_question
from forum.solving import accept
from staff.models import Conversation, Event, Reason, SlaPolicy
from staff.replying import reply
from staff.tasks import look_at_post, look_at_thread, look_at_vote, sweep
from staff.triage.running import triage
from tests.conftest import BODY, long_ago
from tests.staff.conftest import answer_for, write

pytestmark = pytest.mark.django_db
State = Conversation.State


def of(thread: Thread) -> Conversation:
    return Conversation.objects.get(thread=thread)


def standing(thread: Thread) -> set[str]:
    return set(Reason.objects.standing().filter(conversation__thread=thread).values_list("kind", flat=True))


def snapshot() -> list:
    rows = [*Conversation.objects.values(), *Reason.objects.values(), *Event.objects.values()]
    return [sorted((key, str(value)) for key, value in row.items()) for row in rows]


def test_a_question_that_nobody_answers_enters_the_queue_when_it_is_swept(question):
    long_ago(question, hours=5)
    assert sweep() == 1
    conversation = of(question)
    assert (conversation.state, standing(question)) == (State.WAITING, {"unanswered"})
    assert conversation.waiting_since == question.posts.get().created_at


def test_a_question_of_last_year_is_still_swept_up(question):
    long_ago(question, hours=24 * 400)
    assert sweep() == 1
    assert sweep() == 0


def test_a_swept_question_becomes_pressing_once(question):
    long_ago(question, hours=5)
    sweep()
    long_ago(question, hours=30)
    assert (sweep(), of(question).priority) == (1, 4)
    assert sweep() == 0


def test_an_answer_settles_it_and_its_withdrawal_raises_it_again(question, other_member):
    long_ago(question, hours=5)
    sweep()
    answer = answer_for(other_member, question)
    assert (of(question).state, standing(question)) == (State.SETTLED, set())
    withdraw(by=other_member, post=answer)
    assert (of(question).state, standing(question)) == (State.WAITING, {"unanswered"})


def test_running_triage_again_changes_nothing(waiting, question, member):
    write(member, question, "Can anyone from the company help me, please?")
    before = snapshot()
    for _ in range(3):
        triage(question.pk)
    assert snapshot() == before


def test_running_triage_again_only_reads(waiting, question):
    with CaptureQueriesContext(connection) as seen:
        triage(question.pk)
    statements = [query["sql"] for query in seen if "SAVEPOINT" not in query["sql"]]
    assert all(sql.startswith("SELECT") for sql in statements)
    assert len(statements) <= 18


def test_a_low_review_enters_the_queue_at_once_and_a_good_one_does_not(review, other_member):
    assert not Conversation.objects.exists()
    review.stars = 2
    review.save()
    look_at_post(review.thread.posts.get().pk)
    conversation = of(review.thread)
    assert (standing(review.thread), conversation.type_suggested) == ({"low_rating"}, "retention")


def test_two_queues_a_customers_answer_does_not_clear_what_the_company_owes(question, other_member):
    Category.objects.update(is_company_only=True)
    look_at_thread(question.pk)
    answer = answer_for(other_member, question)
    accept(by=question.author, post=answer)
    assert (of(question).state, standing(question)) == (State.WAITING, {"company_only"})


def test_opening_the_page_is_not_answering(waiting, as_, responder):
    as_(responder).get(waiting.get_absolute_url())
    as_(responder).get(waiting.thread.get_absolute_url())
    waiting.refresh_from_db()
    assert waiting.needs_reply


def test_the_due_time_is_frozen_when_the_clock_starts(waiting, desk, member):
    due = waiting.due_at
    SlaPolicy.objects.update(first_reply_minutes=5, next_reply_minutes=5)
    write(member, waiting.thread, "Hello? Anybody there?")
    triage(waiting.thread_id)
    waiting.refresh_from_db()
    assert waiting.due_at == due


def test_a_pressing_reason_brings_the_due_time_forward(question, member, desk):
    write(member, question, "Can someone from the company help me, please?")
    slow = of(question).due_at
    flag(
        by=question.author.__class__.objects.create_user("third", "t@example.com"),
        post=question.posts.first(),
        reason="needs_staff",
    )
    assert of(question).due_at < slow
    assert "flagged" in standing(question)


def test_a_flag_is_a_reason_until_a_moderator_decides(question, opening, other_member, moderator):
    flag(by=other_member, post=opening, reason="off_topic")
    assert standing(question) == {"flagged"}
    keep(by=moderator, post=opening)
    assert standing(question) == set()
    assert Reason.objects.get().settled_because == "A moderator decided."


def test_a_withdrawn_question_leaves_the_queue_and_returns_with_it(question, opening):
    long_ago(question, hours=5)
    sweep()
    withdraw(by=question.author, post=Post.objects.select_related("thread").get(pk=opening.pk))
    assert of(question).state == State.SETTLED
    restore(by=question.author, post=Post.objects.select_related("thread").get(pk=opening.pk))
    assert of(question).state == State.WAITING


def test_tasks_tolerate_rows_that_have_gone(db):
    look_at_post(404)
    look_at_thread(404)
    look_at_vote(404)
    assert not Conversation.objects.exists()


def test_the_oldest_unanswered_message_counts_not_the_newest(waiting, member):
    first = waiting.waiting_since
    write(member, waiting.thread, "I am still waiting for an answer.")
    waiting.refresh_from_db()
    assert waiting.waiting_since == first


def test_a_customer_who_writes_after_our_reply_waits_since_then(waiting, responder, member):
    reply(by=responder, conversation=waiting, body="Cold water, wool soap.", type="retention")
    again = write(member, waiting.thread, "It felted. What now?")
    waiting.refresh_from_db()
    assert (waiting.state, waiting.waiting_since) == (State.WAITING, again.created_at)
    assert standing(waiting.thread) == {"customer_after_us"}


def test_a_colleagues_answer_on_the_public_page_is_a_reply_too(waiting, responder):
    answer_for(responder, waiting.thread, is_official=True)
    waiting.refresh_from_db()
    assert (waiting.state, waiting.replies.count()) == (State.ANSWERED, 1)


def test_the_words_that_ask_for_the_company_are_kept_as_written(brand, question, member):
    write(member, question, "Dear all. Hello Alder & Tarn, is this normal?")
    assert Reason.objects.get().evidence == "Hello Alder & Tarn"


def test_a_thread_that_staff_opened_as_customers_needs_no_one(responder, category):
    asked = ask_question(by=responder, category=category, title="Which wax do you all use?", body=BODY)
    long_ago(asked.thread, hours=50)
    assert sweep() == 0


def test_nothing_leaves_the_queue_by_age(waiting):
    triage(waiting.thread_id, now=timezone.now() + timedelta(days=300))
    waiting.refresh_from_db()
    assert waiting.needs_reply


def test_who_answered_before_we_were_needed_did_not_answer_before_being_asked(question, responder, member) -> None:
    write(responder, question, "We felt for you, and here is how to wash it.", is_official=True)
    Conversation.objects.all().delete()
    long_ago(question, hours=30)
    write(member, question, "Can someone from the company tell me more?")
    conversation = triage(question.pk)
    assert conversation is not None
    assert conversation.first_company_response_at is not None
    assert conversation.asked_at <= conversation.first_company_response_at
