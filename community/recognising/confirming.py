"""Which answers were confirmed helpful, and by whom: what all that members are known for is worked out from."""

from collections.abc import Collection, Iterator
from datetime import datetime
from operator import attrgetter
from typing import NamedTuple

from django.db.models import F, Q
from django.db.models.functions import Coalesce

from community.threads.models import Post, Thread, Vote
from community.threads.models.post import PostQuerySet
from community.threads.ranking import wilson_lower_bound

SURE_ENOUGH = wilson_lower_bound(2, 2) - 1e-9
"""Two of two found it helpful, or four of five; not one of one, nor three of four."""
ACCEPTED = Q(accepted_in__isnull=False) | Q(also_accepted__isnull=False)
CONFIRMED = ACCEPTED | Q(helpful_score__gte=SURE_ENOUGH)


class Help(NamedTuple):
    """Somebody said that an answer by `author` helped them."""

    author: int
    person: int
    at: datetime
    post: int


def answers_to_others() -> PostQuerySet:
    """Public answers to questions of other people."""
    answers: PostQuerySet = Post.objects.published().answers().filter(thread__kind=Thread.Kind.QUESTION)
    return answers.exclude(author=F("thread__author"))


def acceptances(authors: Collection[int]) -> Iterator[Help]:
    """Accepted answers of `authors`; it is the asker who was helped, whoever accepted it. One query."""
    accepted = answers_to_others().filter(ACCEPTED, author__in=authors)
    at = Coalesce("accepted_in__accepted_at", "also_accepted__accepted_at")
    rows = accepted.order_by().values_list("author", "thread__author", at, "pk")
    return (Help(*row) for row in rows.iterator())


def helpful_votes(authors: Collection[int]) -> Iterator[Help]:
    """Votes “this helped” on answers of `authors`. One query."""
    posts = answers_to_others().filter(author__in=authors).order_by()
    votes = Vote.objects.filter(is_helpful=True, post__in=posts)
    rows = votes.values_list("post__author", "member", "created_at", "post")
    return (Help(*row) for row in rows.iterator())


def first_helps(helps: list[Help]) -> list[Help]:
    """Each person once, when they were helped first, in that order."""
    first: dict[int, Help] = {}
    for one in sorted(helps, key=attrgetter("at", "post")):
        first.setdefault(one.person, one)
    return list(first.values())
