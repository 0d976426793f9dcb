"""Staff close a question to further answers, and open it again."""

from collections.abc import Callable

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.urls import reverse

from community.members.models import Member
from community.threads.models import Thread
from forum.answering import answer_question
from forum.closing import close, reopen


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
