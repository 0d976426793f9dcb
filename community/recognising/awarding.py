"""Who has earned a badge, when, and by which post. Worked out from rows; granting again changes nothing."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import NamedTuple

from django.db.models import Exists, Min, OuterRef, Q

from community.members.models import Member
from community.people.badges import FIRST_QUESTIONS, HELPED, OTHERS_WITH_QUESTION, REVIEWS, YEAR_IN_DAYS
from community.people.models import Award, Badge
from community.recognising.confirming import CONFIRMED, Help, answers_to_others
from community.threads.models import Post, Thread
from forum.models import MeToo, Question
from reviews.models import Review


class Earned(NamedTuple):
    member: int
    badge: Badge
    at: datetime
    post: int | None


def award(members: list[Member], helps: dict[int, list[Help]], accepted: dict[int, list[Help]]) -> int:
    """Grant what is earned and not yet granted; take back what nothing stands behind any more. Says how many changed.

    A badge stays when a vote is taken back; it goes when what earned it is no longer public, and nothing else does.
    """
    people = [member.pk for member in members if member.is_active]
    earned = {(one.member, one.badge): one for one in _earned(people, helps, accepted)}
    standing = {(row.member_id, row.badge): row for row in Award.objects.filter(member__in=people)}
    public = _public([row.post_id for row in standing.values() if row.post_id])
    lost = [row.pk for key, row in standing.items() if key not in earned and row.post_id not in public]
    new = [
        Award(member_id=one.member, badge=one.badge, granted_at=one.at, post_id=one.post)
        for key, one in earned.items()
        if key not in standing
    ]
    Award.objects.filter(pk__in=lost).delete()
    Award.objects.bulk_create(new, ignore_conflicts=True)
    return len(lost) + len(new)


def _public(posts: list[int]) -> set[int]:
    """Those that everybody may read under their author's full name."""
    shortened = Q(thread__review__isnull=False) & ~Q(thread__review__name_shown=Review.NameShown.FULL)
    return set(Post.objects.published().filter(pk__in=posts).exclude(shortened).values_list("pk", flat=True))


def _earned(people: list[int], helps: dict[int, list[Help]], accepted: dict[int, list[Help]]) -> Iterator[Earned]:
    for member in people:
        first = min(accepted.get(member, ()), key=lambda one: one.at, default=None)
        if first:
            yield Earned(member, Badge.FIRST_SOLUTION, first.at, first.post)
        for badge, number in HELPED.items():
            for one in helps.get(member, ())[number - 1 : number]:
                yield Earned(member, badge, one.at, one.post)
    yield from _welcoming(people)
    yield from _good_questions(people)
    yield from _reviewers(people)
    yield from _a_year(people)


def _welcoming(people: list[int]) -> Iterator[Earned]:
    earlier = Thread.objects.questions().filter(
        author=OuterRef("thread__author"), created_at__lt=OuterRef("thread__created_at")
    )
    confirmed = answers_to_others().filter(CONFIRMED, ~Exists(earlier), author__in=people).order_by("created_at", "pk")
    welcomed: dict[int, dict[int, tuple[datetime, int]]] = defaultdict(dict)
    for author, asker, at, post in confirmed.values_list("author", "thread__author", "created_at", "pk"):
        welcomed[author].setdefault(asker, (at, post))
    for author, askers in welcomed.items():
        for at, post in list(askers.values())[FIRST_QUESTIONS - 1 : FIRST_QUESTIONS]:
            yield Earned(author, Badge.WELCOMING, at, post)


def _good_questions(people: list[int]) -> Iterator[Earned]:
    asked = Question.objects.listed().filter(thread__author__in=people, me_too_count__gte=OTHERS_WITH_QUESTION)
    openings = asked.filter(thread__posts__kind=Post.Kind.OPENING).order_by("-pk")
    best: dict[int, tuple[int, int]] = {
        author: (question, post)
        for question, author, post in openings.values_list("pk", "thread__author", "thread__posts")
    }
    for author, (question, post) in best.items():
        at = MeToo.objects.filter(question=question).order_by("created_at").values_list("created_at", flat=True)
        for tenth in at[OTHERS_WITH_QUESTION - 1 : OTHERS_WITH_QUESTION]:
            yield Earned(author, Badge.GOOD_QUESTION, tenth, post)


def _reviewers(people: list[int]) -> Iterator[Earned]:
    named = Review.objects.listed().filter(thread__author__in=people, name_shown=Review.NameShown.FULL)
    helped = Min("thread__posts__votes__created_at", filter=Q(thread__posts__votes__is_helpful=True))
    openings = named.filter(thread__posts__kind=Post.Kind.OPENING, thread__posts__helpful_count__gt=0)
    rows = openings.order_by().values_list("thread__author", "thread__posts").annotate(helped=helped).order_by("helped")
    found: dict[int, list[tuple[int, datetime]]] = defaultdict(list)
    for author, post, at in rows.exclude(helped=None):
        found[author].append((post, at))
    for author, reviews in found.items():
        for post, at in reviews[REVIEWS - 1 : REVIEWS]:
            yield Earned(author, Badge.REVIEWER, at, post)


def _a_year(people: list[int]) -> Iterator[Earned]:
    """Of what was said about questions only: a review may stand under another name."""
    said = Post.objects.published().filter(author__in=people, thread__kind=Thread.Kind.QUESTION)
    rows = said.order_by("author", "created_at", "pk").values_list("author", "created_at", "pk")
    first: dict[int, datetime] = {}
    found: set[int] = set()
    for author, at, post in rows.iterator():
        if author not in found and at - first.setdefault(author, at) >= timedelta(days=YEAR_IN_DAYS):
            found.add(author)
            yield Earned(author, Badge.A_YEAR, at, post)
