"""Did it help? One vote each, never one's own, changed or taken back at will."""

from collections.abc import Callable
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.urls import reverse

from community.members.limits import TooSoon
from community.members.models import Member
from community.threads.bulk import NewPost, NewThread, load_threads
from community.threads.models import Post, Status, Thread, Vote
from community.threads.publishing import set_status
from community.threads.ranking import wilson_lower_bound
from community.threads.voting import recount_votes, unvote, vote
from tests.conftest import make_member


@pytest.mark.parametrize(
    ("helpful", "total", "score"),
    [(1, 1, 0.2065), (5, 5, 0.5655), (9, 10, 0.5959), (60, 100, 0.5020), (100, 110, 0.8407), (0, 10, 0), (0, 0, 0)],
)
def test_the_score_is_the_wilson_lower_bound(helpful: int, total: int, score: float) -> None:
    assert wilson_lower_bound(helpful, total) == pytest.approx(score, abs=0.0001)


def counts(post: Post) -> tuple[int, int, float]:
    post.refresh_from_db()
    return post.helpful_count, post.unhelpful_count, round(post.helpful_score, 4)


def test_a_vote_counts_once_however_often_it_is_cast(answer: Post, member: Member) -> None:
    assert vote(by=member, post=answer, is_helpful=True)
    assert not vote(by=member, post=answer, is_helpful=True)
    assert counts(answer) == (1, 0, 0.2065)


def test_a_changed_mind_moves_the_vote(answer: Post, member: Member) -> None:
    vote(by=member, post=answer, is_helpful=True)
    assert vote(by=member, post=answer, is_helpful=False)
    assert counts(answer) == (0, 1, 0)


def test_a_vote_can_be_taken_back_once(answer: Post, member: Member) -> None:
    vote(by=member, post=answer, is_helpful=True)
    assert unvote(by=member, post=answer)
    assert not unvote(by=member, post=answer)
    assert counts(answer) == (0, 0, 0)


def test_a_thread_has_the_score_of_its_opening_alone(question: Thread, answer: Post, other_member: Member) -> None:
    opening = question.posts.get(kind=Post.Kind.OPENING)
    vote(by=make_member("una"), post=answer, is_helpful=True)
    vote(by=other_member, post=opening, is_helpful=True)
    question.refresh_from_db()
    assert round(question.helpful_score, 4) == 0.2065
    unvote(by=other_member, post=opening)
    question.refresh_from_db()
    assert question.helpful_score == 0


def test_nobody_votes_for_themselves(answer: Post, other_member: Member) -> None:
    with pytest.raises(PermissionDenied, match="your own"):
        vote(by=other_member, post=answer, is_helpful=True)


def test_what_is_hidden_takes_no_votes(answer: Post, member: Member) -> None:
    set_status(answer, Status.HIDDEN)
    with pytest.raises(PermissionDenied):
        vote(by=member, post=answer, is_helpful=True)


def test_the_fifty_first_vote_of_a_day_waits(member: Member, other_member: Member) -> None:
    openings = [NewPost(other_member, f"Text {n}", votes=[(member, True)] if n else []) for n in range(51)]
    load_threads([NewThread("question", f"Question {n}", opening) for n, opening in enumerate(openings)])
    with pytest.raises(TooSoon, match="50 times"):
        vote(by=member, post=openings[0].saved, is_helpful=True)
    assert vote(by=member, post=openings[1].saved, is_helpful=False), "changing a vote is not another one"


def test_voting_and_taking_back_again_and_again_has_an_end(answer: Post, member: Member) -> None:
    for _ in range(10):
        vote(by=member, post=answer, is_helpful=True)
        unvote(by=member, post=answer)
    vote(by=member, post=answer, is_helpful=True)
    with pytest.raises(TooSoon, match="changed your votes 10 times"):
        unvote(by=member, post=answer)
    assert counts(answer)[:2] == (1, 0)


def test_what_did_not_help_is_said_beside_what_did(answer: Post, member: Member, as_: Callable[..., Client]) -> None:
    client, hx = as_(member), {"HX-Request": "true"}
    drawn = client.post(reverse("post_unhelpful", args=[answer.pk]), headers=hx).content.decode()
    assert counts(answer)[:2] == (0, 1)
    helpful, not_helpful = drawn.split("</button>")[:2]
    assert 'aria-pressed="false"' in helpful and 'aria-pressed="true"' in not_helpful
    assert reverse("post_unvote", args=[answer.pk]) in not_helpful


def test_a_repeated_vote_costs_one_query(
    answer: Post, member: Member, django_assert_num_queries: Callable[..., Any]
) -> None:
    vote(by=member, post=answer, is_helpful=True)
    with django_assert_num_queries(1):
        vote(by=member, post=answer, is_helpful=True)


def test_a_recount_mends_wrong_counts(answer: Post, member: Member) -> None:
    Vote.objects.create(post=answer, member=member, is_helpful=True)
    Post.objects.filter(pk=answer.pk).update(helpful_count=7)
    recount_votes(answer)
    assert counts(answer) == (1, 0, 0.2065)


def test_the_button_leads_back_to_the_post(answer: Post, member: Member, as_: Callable[..., Client]) -> None:
    response = as_(member).post(reverse("post_helpful", args=[answer.pk]))
    assert response.headers["Location"] == answer.get_absolute_url()
    assert counts(answer)[:2] == (1, 0)


def test_htmx_gets_the_button_alone(answer: Post, member: Member, as_: Callable[..., Client]) -> None:
    client, hx = as_(member), {"HX-Request": "true"}
    pressed = client.post(reverse("post_helpful", args=[answer.pk]), headers=hx).content.decode()
    assert 'aria-pressed="true"' in pressed
    assert "<html" not in pressed
    assert (
        'aria-pressed="true"' not in client.post(reverse("post_unvote", args=[answer.pk]), headers=hx).content.decode()
    )


def test_a_stranger_is_asked_to_sign_in_and_comes_back_to_the_post(answer: Post, as_: Callable[..., Client]) -> None:
    response = as_(None).post(reverse("post_unhelpful", args=[answer.pk]))
    assert response.headers["Location"] == f"{reverse('account_login')}?next={answer.get_absolute_url()}"
    assert not Vote.objects.exists()
