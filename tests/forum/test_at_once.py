"""Two people doing the same thing in the same moment: nothing is lost, nothing is doubled."""

from functools import partial
from pathlib import Path
from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied

from community.members.models import Member
from community.notifications.models import Notification
from community.threads.models import Category, Post, Thread
from forum.answering import answer_question
from forum.asking import ask_question
from forum.models import Question
from forum.solving import accept
from tests.forum.conftest import Ask, answers_of
from tests.reviews.at_once import at_once

pytestmark = pytest.mark.django_db(transaction=True)


def accepted(folder: Path, question: Question) -> tuple[Post, Member]:
    (now,) = at_once(
        folder, [lambda: Question.objects.select_related("accepted_post", "accepted_by").get(pk=question.pk)]
    )
    return now.accepted_post, now.accepted_by


def test_two_accepting_different_answers_leave_one_accepted(
    asked: Ask, responder: Member, moderator: Member, tmp_path: Path
) -> None:
    question = asked(answers=2)
    first, second = answers_of(question)
    done = at_once(tmp_path, [partial(accept, by=responder, post=first), partial(accept, by=moderator, post=second)])
    assert done == [True, True]
    assert accepted(tmp_path, question) in [(first, responder), (second, moderator)]


def test_a_trusted_member_who_comes_second_to_the_asker_is_told(
    asked: Ask, member: Member, regular: Member, tmp_path: Path
) -> None:
    question = asked(answers=2)
    first, second = answers_of(question)
    done = at_once(tmp_path, [partial(accept, by=member, post=first), partial(accept, by=regular, post=second)])
    assert done[0] is True
    assert done[1] is True or (isinstance(done[1], PermissionDenied) and "has chosen" in str(done[1]))
    assert accepted(tmp_path, question) == (first, member)


def test_two_accepting_the_same_answer_tell_its_author_once(
    asked: Ask, responder: Member, moderator: Member, tmp_path: Path
) -> None:
    (answer,) = answers_of(asked(answers=1))
    done = at_once(tmp_path, [partial(accept, by=who, post=answer) for who in (responder, moderator)])
    assert sorted(done) == [False, True]
    assert at_once(tmp_path, [Notification.objects.filter(kind="accepted").count]) == [1]


def test_one_submission_sent_twice_asks_once(member: Member, category: Category, tmp_path: Path) -> None:
    title, body = "Can I dry it in the sun?", "It is wet and the sun is out, you see."
    ask = partial(ask_question, by=member, category=category, title=title, body=body, submission_key=uuid4())
    first, second = at_once(tmp_path, [ask, ask])
    assert first == second
    assert at_once(tmp_path, [Thread.objects.count, Question.objects.count]) == [1, 1]


def test_one_submission_sent_twice_answers_once(asked: Ask, other_member: Member, tmp_path: Path) -> None:
    answer = partial(
        answer_question, by=other_member, question=asked(), body="Yes, but not for a whole day.", submission_key=uuid4()
    )
    first, second = at_once(tmp_path, [answer, answer])
    assert first == second
    assert at_once(tmp_path, [Post.objects.answers().count]) == [1]
