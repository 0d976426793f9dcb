"""Staff close a question to further answers; solved ones close by themselves; and who opens them again."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from community.members.models import Member
from community.notifications.models import Notification
from community.threads.models import Category, Post, Thread
from forum.answering import answer_question
from forum.closing import close, close_quiet_ones, reopen
from forum.models import Question
from forum.solving import accept


def test_a_closed_question_takes_no_answers_until_it_is_open_again(
    question: Thread, responder: Member, other_member: Member
) -> None:
    assert close(by=responder, question=question.question)
    assert not close(by=responder, question=question.question)
    with pytest.raises(PermissionDenied, match="no further answers"):
        answer_question(by=other_member, question=question.question, body="Too late for this one?")
    assert reopen(by=responder, question=question.question)
    assert not reopen(by=responder, question=question.question)
    assert answer_question(by=other_member, question=question.question, body="Just in time for this one.")


def test_members_close_nothing_not_even_their_own(question: Thread, member: Member, regular: Member) -> None:
    for who in (member, regular):
        with pytest.raises(PermissionDenied, match="Only staff"):
            close(by=who, question=question.question)


@pytest.fixture
def quiet(category: Category, question: Thread, answer: Post, member: Member) -> Thread:
    """Solved 30 days ago, in a category that closes after 14."""
    Category.objects.update(closes_after_days=14)
    accept(by=member, post=answer)
    then = timezone.now() - timedelta(days=30)
    Thread.objects.update(last_post_at=then)
    Question.objects.update(accepted_at=then)
    return question


def is_closed(thread: Thread) -> bool:
    return Thread.objects.get(pk=thread.pk).is_closed


def test_a_solved_question_closes_quietly_after_the_days_of_its_category(quiet: Thread) -> None:
    told = Notification.objects.count()
    assert (close_quiet_ones(), close_quiet_ones()) == (1, 0)
    assert is_closed(quiet) and Question.objects.get(pk=quiet.pk).closed_by is None
    assert Notification.objects.count() == told


@pytest.mark.parametrize(
    "keep_open",
    [
        lambda: Category.objects.update(closes_after_days=None),
        lambda: Category.objects.update(closes_after_days=31),
        lambda: Question.objects.update(accepted_post=None),
        lambda: Question.objects.update(still_needed_at=timezone.now()),
        lambda: Thread.objects.update(last_post_at=timezone.now()),
    ],
)
def test_what_is_not_over_stays_open(quiet: Thread, keep_open: Callable[[], object]) -> None:
    keep_open()
    assert close_quiet_ones() == 0


@pytest.mark.parametrize(
    ("who", "may"), [("member", True), ("regular", True), ("responder", True), ("other_member", False)]
)
def test_who_opens_again_what_closed_by_itself(
    quiet: Thread, who: str, may: bool, request: pytest.FixtureRequest, as_: Callable[[Member | None], Client]
) -> None:
    close_quiet_ones()
    client = as_(request.getfixturevalue(who))
    assert ("Open again" in client.get(quiet.get_absolute_url()).content.decode()) == may
    client.post(reverse("reopen_question", args=[quiet.pk]))
    assert is_closed(quiet) != may
    assert close_quiet_ones() == 0, "it does not close again at once"


def test_what_staff_closed_only_staff_open(question: Thread, member: Member, responder: Member) -> None:
    close(by=responder, question=question.question)
    assert Question.objects.get(pk=question.pk).closed_by == responder
    with pytest.raises(PermissionDenied, match="Only staff"):
        reopen(by=member, question=question.question)


def test_the_buttons_close_and_open(
    question: Thread, responder: Member, member: Member, as_: Callable[[Member | None], Client]
) -> None:
    staff = as_(responder)
    closed = staff.post(reverse("close_question", args=[question.pk]), follow=True).content.decode()
    assert "Open again" in closed
    assert "This question is closed" in as_(None).get(question.get_absolute_url()).content.decode()
    assert as_(member).get(reverse("answer", args=[question.pk])).status_code == 403
    staff.post(reverse("reopen_question", args=[question.pk]))
    assert as_(member).get(reverse("answer", args=[question.pk])).status_code == 200
    assert as_(member).post(reverse("close_question", args=[question.pk])).status_code == 403
    assert as_(None).post(reverse("close_question", args=[question.pk])).status_code == 302
