"""What members are shown alike is kept until something public changes, and not a moment longer."""

from collections.abc import Callable

import pytest
from django.test import Client

from community.members.models import Member
from community.threads.kept import Kept
from community.threads.models import Edition, Post, Status, Thread
from community.threads.publishing import set_status

pytestmark = pytest.mark.django_db


def counting() -> Callable[[], int]:
    """Says how often it has been called."""
    calls: list[None] = []

    def call() -> int:
        calls.append(None)
        return len(calls)

    return call


def test_a_value_is_built_once_for_an_edition() -> None:
    kept, build = Kept(), counting()
    assert [kept.get("key", build), kept.get("key", build)] == [1, 1]
    Edition.advance()
    assert kept.get("key", build) == 2


def test_it_is_built_anew_after_its_time() -> None:
    kept, build = Kept(seconds=0), counting()
    assert [kept.get("key", build), kept.get("key", build)] == [1, 2]


def test_nothing_is_not_kept() -> None:
    kept, build = Kept(), counting()
    assert kept.get("key", lambda: None) is None
    assert kept.get("key", build) == 1


def test_the_least_recently_read_goes_first() -> None:
    kept, build = Kept(most=2), counting()
    for key in ("a", "b", "a", "c"):
        kept.get(key, build)
    assert kept.get("a", build) == 1
    assert kept.get("b", build) == 4


def test_what_was_hidden_a_moment_ago_is_seen_by_no_member(
    question: Thread, answer: Post, regular: Member, new_member: Member, as_: Callable[[Member | None], Client]
) -> None:
    for who in (regular, new_member):
        assert answer.body in as_(who).get(question.get_absolute_url()).content.decode()
    set_status(answer, Status.HIDDEN)
    for who in (regular, new_member):
        assert answer.body not in as_(who).get(question.get_absolute_url()).content.decode()
