"""Trust is earned by reading and helping, and the third level can be lost again (members/trust.py has the bars)."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import NamedTuple

from django.db import transaction
from django.db.models import Count, Q, Sum
from django.utils import timezone

from community.members.models import Member, TrustLevel
from community.members.trust import BARS, Bar
from community.moderation.models import Flag
from community.threads.models import Post, ReadingDay, Vote

ACTIVE_WITHIN = timedelta(days=2)


class Step(NamedTuple):
    """One thing that a level asks for. `limit`: at most so many, instead of at least."""

    label: str
    have: int
    need: int
    limit: bool = False

    @property
    def is_done(self) -> bool:
        return self.have <= self.need if self.limit else self.have >= self.need


def next_level(member: Member) -> TrustLevel | None:
    """The level that can be earned next; None if there is none (the fourth is given by hand)."""
    level = TrustLevel(member.trust_level)
    above = TrustLevel(level + 1) if level < TrustLevel.REGULAR else None
    return None if member.trust_is_given or member.is_staff else above


def steps_to(level: TrustLevel, member: Member) -> list[Step]:
    """What `level` asks for, and how much of it `member` has. 4 queries at most."""
    bar = BARS[level]
    since = timezone.now() - bar.within if bar.within else None
    have = _history(member, since)
    minutes = int(bar.time_reading.total_seconds() // 60)
    asked = [
        Step("conversations read", have["threads_read"], bar.threads_read),
        Step("posts read", have["posts_read"], bar.posts_read),
        Step("minutes of reading", have["seconds"] // 60, minutes),
        Step("days here", have["days"], bar.days_visited),
        Step("conversations you replied in", have["threads_replied_to"], bar.threads_replied_to),
        Step("times you said that something helped", have["votes_given"], bar.helpful_votes_given),
        Step("times somebody said that you helped", have["votes_received"], bar.helpful_votes_received),
    ]
    return [step for step in asked if step.need] + _most_flags(bar, member, since)


@transaction.atomic
def weigh(member: Member) -> TrustLevel:
    """Give `member` the level that they have earned by now. Repeating it changes nothing.

    One level at a time upwards, without end; only Regular is lost again. What was given by hand stays.
    """
    member = Member.objects.select_for_update().get(pk=member.pk)
    if member.trust_is_given or member.is_staff:
        return TrustLevel(member.trust_level)
    level = TrustLevel(member.trust_level)
    if level == TrustLevel.REGULAR and not _has_earned(level, member):
        level = TrustLevel.MEMBER
    above = TrustLevel(level + 1) if level < TrustLevel.REGULAR else None
    while above and above != member.trust_level and _has_earned(above, member):
        level, above = above, (TrustLevel(above + 1) if above < TrustLevel.REGULAR else None)
    if level != member.trust_level:
        Member.objects.filter(pk=member.pk).update(trust_level=level)
    return level


def weigh_the_active() -> int:
    """Weigh who read or wrote here of late. Returns how many were weighed."""
    since = timezone.localdate() - ACTIVE_WITHIN
    return _weigh_all(ReadingDay.objects.filter(day__gte=since).values_list("member", flat=True).distinct())


def weigh_the_regulars() -> int:
    """Weigh who may have lost it by staying away. Returns how many were weighed."""
    regulars = Member.objects.filter(trust_level=TrustLevel.REGULAR, trust_is_given=False)
    return _weigh_all(regulars.values_list("pk", flat=True))


def _weigh_all(members: Iterable[int]) -> int:
    count = 0
    for member in Member.objects.filter(pk__in=members, is_staff=False, trust_is_given=False).iterator():
        weigh(member)
        count += 1
    return count


def _has_earned(level: TrustLevel, member: Member) -> bool:
    return all(step.is_done for step in steps_to(level, member))


def _history(member: Member, since: datetime | None) -> dict[str, int]:
    days = ReadingDay.objects.filter(member=member)
    posts = Post.objects.published().filter(author=member).exclude(thread__author=member)
    received = Vote.objects.filter(post__author=member, is_helpful=True)
    given = Vote.objects.filter(member=member, is_helpful=True)
    if since:
        days = days.filter(day__gte=timezone.localdate(since))
        posts = posts.filter(created_at__gte=since)
        received, given = (votes.filter(created_at__gte=since) for votes in (received, given))
    read = days.aggregate(
        threads_read=Sum("threads_read", default=0),
        posts_read=Sum("posts_read", default=0),
        seconds=Sum("seconds", default=0),
        days=Count("pk"),
    )
    replied = posts.aggregate(threads=Count("thread", distinct=True))["threads"]
    return read | {
        "threads_replied_to": replied,
        "votes_given": given.count(),
        "votes_received": received.count(),
    }


def _most_flags(bar: Bar, member: Member, since: datetime | None) -> list[Step]:
    if bar.most_upheld_flags is None:
        return []
    against = Flag.objects.accusations().filter(Q(was_upheld=True), post__author=member)
    upheld = against.filter(settled_at__gte=since).count() if since else against.count()
    return [Step("reports against you that a moderator agreed with", upheld, bar.most_upheld_flags, limit=True)]
