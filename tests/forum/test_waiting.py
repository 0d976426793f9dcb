"""Still needing help after the answers; waiting for details of who asked; and what ends either."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from community.members.models import Member
from community.notifications.models import Notification
from community.threads.editing import revise
from community.threads.models import Post, Thread
from community.threads.posting import add_comment
from forum.answering import answer_question
from forum.closing import close
from forum.models import Question
from forum.needing_details import ask_for_details, enough_details
from forum.solving import accept
from forum.still_needing import need_no_more, still_need_help
from staff.models import Reason
from staff.triage.running import triage
from tests.conftest import long_ago

As = Callable[[Member | None], Client]
MISSING = "I did all that. The stain is still there."
WHAT = "Which soap did you use, and how warm was it?"


def fresh(thread: Thread) -> Question:
    return Question.objects.select_related("thread", "category").get(pk=thread.pk)


def state(thread: Thread) -> str:
    return Question.objects.select_related("thread").get(pk=thread.pk).state


def test_who_asked_still_needs_help_and_says_what_is_missing(question: Thread, answer: Post, member: Member) -> None:
    accept(by=member, post=answer)
    comment = still_need_help(by=member, question=fresh(question), missing=MISSING)
    assert (comment.body, comment.parent.kind) == (MISSING, Post.Kind.OPENING)
    assert state(question) == "still-needed"
    asked = Question.objects.get(pk=question.pk)
    assert asked.accepted_post_id == answer.pk, "what was accepted stays"
    assert asked in Question.objects.unsolved() and asked in Question.objects.unanswered()
    assert asked not in Question.objects.solved()


def test_nobody_else_says_it_and_not_before_an_answer(
    question: Thread, member: Member, regular: Member, other_member: Member
) -> None:
    with pytest.raises(PermissionDenied, match="Only who asked"):
        still_need_help(by=member, question=fresh(question), missing=MISSING)
    answer_question(by=other_member, question=fresh(question), body="Cold water and wool soap.")
    with pytest.raises(PermissionDenied, match="Only who asked"):
        still_need_help(by=regular, question=Question.objects.get(pk=question.pk), missing=MISSING)


def test_the_next_answer_is_help_and_so_is_accepting_one(
    question: Thread, answer: Post, member: Member, regular: Member
) -> None:
    still_need_help(by=member, question=fresh(question), missing=MISSING)
    answer_question(by=regular, question=fresh(question), body="Soak it in vinegar for an hour first.")
    assert state(question) == "answered"
    long_ago(question)
    still_need_help(by=member, question=Question.objects.get(pk=question.pk), missing="Vinegar made it paler.")
    with pytest.raises(PermissionDenied, match="still needs help"):
        accept(by=regular, post=answer)
    accept(by=member, post=answer)
    assert state(question) == "solved"


def test_it_can_be_taken_back(question: Thread, answer: Post, member: Member, regular: Member) -> None:
    asked = fresh(question)
    still_need_help(by=member, question=asked, missing=MISSING)
    with pytest.raises(PermissionDenied):
        need_no_more(by=regular, question=asked)
    assert need_no_more(by=member, question=asked)
    assert not need_no_more(by=member, question=asked)
    assert state(question) == "answered"


def test_the_desk_hears_that_help_is_still_needed_until_somebody_answers(
    question: Thread, answer: Post, member: Member, regular: Member
) -> None:
    still_need_help(by=member, question=fresh(question), missing=MISSING)
    conversation = triage(question.pk)
    assert conversation and conversation.reasons.standing().get().kind == Reason.Kind.STILL_NEEDS_HELP
    answer_question(by=regular, question=fresh(question), body="Soak it in vinegar for an hour first.")
    triage(question.pk)
    assert not conversation.reasons.standing().exists()


def test_somebody_trusted_asks_for_details_and_the_asker_is_told_once(
    question: Thread, member: Member, regular: Member
) -> None:
    comment = ask_for_details(by=regular, question=fresh(question), what=WHAT)
    assert state(question) == "needs-info"
    told = Notification.objects.get(member=member)
    assert (told.kind, told.post, told.actor) == ("needs_info", comment, regular)


@pytest.mark.parametrize(
    ("who", "may"),
    [("member", False), ("other_member", False), ("new_member", False), ("regular", True), ("responder", True)],
)
def test_who_may_ask_for_details(who: str, may: bool, question: Thread, request: pytest.FixtureRequest) -> None:
    by = request.getfixturevalue(who)
    if may:
        comment = ask_for_details(by=by, question=fresh(question), what=WHAT)
        assert comment.is_official == by.is_staff
        return
    with pytest.raises(PermissionDenied, match="Only staff and trusted"):
        ask_for_details(by=by, question=fresh(question), what=WHAT)


def test_the_askers_comment_or_edit_ends_the_waiting(
    question: Thread, opening: Post, member: Member, other_member: Member, regular: Member
) -> None:
    comment = ask_for_details(by=regular, question=fresh(question), what=WHAT)
    add_comment(by=other_member, parent=opening, body="I wonder too.")
    assert state(question) == "needs-info"
    add_comment(by=member, parent=opening, body="Just plain water.")
    assert state(question) == "needs-answer"
    Question.objects.filter(pk=question.pk).update(needs_info_at=comment.created_at, needs_info_by=regular)
    revise(by=member, post=opening, body=f"{opening.body} With plain water.", base_version=1)
    assert state(question) == "needs-answer"


def test_details_are_enough_when_somebody_says_so_or_it_is_solved(
    question: Thread, answer: Post, member: Member, regular: Member
) -> None:
    asked = fresh(question)
    ask_for_details(by=regular, question=asked, what=WHAT)
    assert enough_details(by=regular, question=asked)
    assert not enough_details(by=regular, question=asked)
    Question.objects.filter(pk=question.pk).update(needs_info_at=timezone.now(), needs_info_by=regular)
    accept(by=member, post=answer)
    assert Question.objects.get(pk=question.pk).needs_info_at is None


def test_the_pages_ask_and_keep_the_text(
    question: Thread, answer: Post, member: Member, regular: Member, as_: As
) -> None:
    still = reverse("still_need_help", args=[question.pk])
    assert "What is still missing?" in as_(member).get(still).content.decode()
    assert as_(regular).get(still).status_code == 403
    assert "at least" in as_(member).post(still, {"body": "no"}).content.decode()
    sent = as_(member).post(still, {"body": MISSING}, follow=True).content.decode()
    assert MISSING in sent and "Still needs help" in sent and "back among those" in sent
    as_(member).post(reverse("need_no_more", args=[question.pk]))
    details = reverse("ask_for_details", args=[question.pk])
    assert as_(None).get(details).status_code == 302
    sent = as_(regular).post(details, {"body": WHAT}, follow=True).content.decode()
    assert WHAT in sent and "Waits for details" in sent


def test_what_closed_by_itself_opens_when_help_is_still_needed(
    question: Thread, answer: Post, member: Member, responder: Member
) -> None:
    Thread.objects.filter(pk=question.pk).update(closed_at=timezone.now() - timedelta(days=1))
    asked = Question.objects.select_related("thread").get(pk=question.pk)
    still_need_help(by=member, question=asked, missing=MISSING)
    assert not Thread.objects.get(pk=question.pk).is_closed
    close(by=responder, question=asked)
    with pytest.raises(PermissionDenied):
        still_need_help(by=member, question=asked, missing="And again.")
