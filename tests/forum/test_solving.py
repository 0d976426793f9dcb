"""Accepting an answer: who may, who is told, and what happens when two do it at once."""

from collections.abc import Callable

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.urls import reverse

from community.members.models import Member
from community.notifications.models import Notification
from community.threads.models import Post, Status, Thread
from community.threads.publishing import set_status
from community.threads.withdrawing import withdraw
from forum.answering import answer_question
from forum.models import Question
from forum.solving import accept, drop_unreadable_answer, unaccept


def accepted(question: Thread) -> int | None:
    return Question.objects.get(pk=question.pk).accepted_post_id


def test_the_asker_accepts_and_the_answerer_is_told(question: Thread, answer: Post, member: Member) -> None:
    assert accept(by=member, post=answer)
    solved = Question.objects.get(pk=question.pk)
    assert (solved.accepted_post, solved.accepted_by) == (answer, member)
    assert solved.accepted_at
    assert solved.state == "solved"
    assert Notification.objects.get(kind="accepted").member == answer.author


def test_accepting_twice_changes_nothing_and_tells_once(question: Thread, answer: Post, member: Member) -> None:
    accept(by=member, post=answer)
    assert not accept(by=member, post=answer)
    assert Notification.objects.filter(kind="accepted").count() == 1


def test_taking_it_back_leaves_the_question_unsolved(question: Thread, answer: Post, member: Member) -> None:
    accept(by=member, post=answer)
    assert unaccept(by=member, post=answer)
    assert not unaccept(by=member, post=answer)
    left = Question.objects.get(pk=question.pk)
    assert (left.accepted_post, left.accepted_by, left.accepted_at) == (None, None, None)


@pytest.mark.parametrize(
    ("who", "may"),
    [
        ("member", True),  # asked it
        ("other_member", False),  # wrote the answer
        ("new_member", False),
        ("regular", True),
        ("responder", True),
        ("moderator", True),
        ("manager", True),
        ("admin", True),
    ],
)
def test_who_may_accept_and_take_back(
    question: Thread, answer: Post, who: str, may: bool, request: pytest.FixtureRequest
) -> None:
    person: Member = request.getfixturevalue(who)
    if may:
        assert accept(by=person, post=answer)
        assert unaccept(by=person, post=answer)
    else:
        with pytest.raises(PermissionDenied):
            accept(by=person, post=answer)


def test_an_asker_may_accept_their_own_answer(question: Thread, member: Member) -> None:
    own = answer_question(by=member, question=question.question, body="Found it: thirty degrees is fine.")
    assert accept(by=member, post=own)
    assert not Notification.objects.filter(kind="accepted").exists()


def test_nobody_else_accepts_their_own_answer(question: Thread, regular: Member) -> None:
    own = answer_question(by=regular, question=question.question, body="Thirty degrees is fine, trust me.")
    with pytest.raises(PermissionDenied, match="your own answer"):
        accept(by=regular, post=own)


def test_a_trusted_member_does_not_overrule_the_asker_but_staff_do(
    question: Thread, answer: Post, member: Member, regular: Member, responder: Member
) -> None:
    other = answer_question(by=responder, question=question.question, body="The label has it: hand wash only.")
    accept(by=member, post=answer)
    with pytest.raises(PermissionDenied, match="Mara Lind"):
        accept(by=regular, post=other)
    with pytest.raises(PermissionDenied):
        unaccept(by=regular, post=answer)
    assert accept(by=responder, post=answer) is False
    assert unaccept(by=responder, post=answer)


def test_a_later_choice_replaces_an_earlier_one(
    question: Thread, answer: Post, member: Member, regular: Member
) -> None:
    other = answer_question(by=regular, question=question.question, body="Vinegar in the last rinse works too.")
    accept(by=regular, post=answer)
    assert accept(by=member, post=other)
    assert accepted(question) == other.pk


def test_only_an_answer_that_everybody_reads_can_be_accepted(
    question: Thread, answer: Post, opening: Post, member: Member
) -> None:
    set_status(answer, Status.HIDDEN)
    for post in (answer, opening):
        with pytest.raises(PermissionDenied, match="can be accepted"):
            accept(by=member, post=post)


def test_a_question_is_not_solved_by_an_answer_that_was_deleted(question: Thread, answer: Post, member: Member) -> None:
    accept(by=member, post=answer)
    withdraw(by=answer.author, post=answer)
    assert accepted(question) is None


def test_an_answer_that_can_be_read_stays_accepted(question: Thread, answer: Post, member: Member) -> None:
    accept(by=member, post=answer)
    assert not drop_unreadable_answer(post_id=answer.pk)
    assert accepted(question) == answer.pk


def test_the_button_leads_back_to_the_answer(
    question: Thread, answer: Post, member: Member, as_: Callable[[Member | None], Client]
) -> None:
    asker = as_(member)
    answered = asker.post(reverse("accept", args=[answer.pk]), follow=True)
    assert answered.redirect_chain[-1][0] == f"{question.get_absolute_url()}#post-{answer.pk}"
    assert "accepted by Mara Lind" in answered.content.decode()
    asker.post(reverse("accept", args=[answer.pk]))  # the second click of a double click
    assert accepted(question) == answer.pk
    asker.post(reverse("unaccept", args=[answer.pk]))
    assert accepted(question) is None


def test_a_refused_button_says_why(
    question: Thread, answer: Post, other_member: Member, as_: Callable[[Member | None], Client]
) -> None:
    refused = as_(other_member).post(reverse("accept", args=[answer.pk]))
    assert refused.status_code == 403
    assert "own answer" in refused.content.decode()


def test_a_stranger_is_sent_to_sign_in_and_then_to_the_answer(answer: Post, client: Client) -> None:
    sent = client.post(reverse("accept", args=[answer.pk]))
    assert sent.url == f"{reverse('account_login')}?next={answer.get_absolute_url()}"


def test_what_is_no_answer_cannot_be_found_there(
    opening: Post, member: Member, as_: Callable[[Member | None], Client]
) -> None:
    assert as_(member).post(reverse("accept", args=[opening.pk])).status_code == 404
    assert as_(member).get(reverse("accept", args=[opening.pk])).status_code == 405
