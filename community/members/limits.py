"""How often a person may act. Counted from the rows that the acts left behind, so no counter can drift or be lost.

What leaves no row (a vote taken back, a stranger's search) takes a seat in the cache instead.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from math import ceil
from random import sample
from time import time

from django.core.cache import cache
from django.db.models import QuerySet
from django.utils import timezone


class TooSoon(Exception):  # noqa: N818 - a sentence for a person, not a fault
    """A refused act: says what, and when it may be tried again. Pages answer 429 with Retry-After."""

    def __init__(self, sentence: str, retry_after: timedelta) -> None:
        self.retry_after_seconds = max(1, ceil(retry_after.total_seconds()))
        super().__init__(f"{sentence} Try again in {_spoken(self.retry_after_seconds)}.")


@dataclass(frozen=True)
class Rate:
    """At most `amount` acts in `per`; `sentence` tells the person what was refused."""

    amount: int
    per: timedelta
    sentence: str


def enforce(rate: Rate, acts: QuerySet, *, field: str = "created_at", now: datetime | None = None) -> None:
    """Raise TooSoon if `acts` (rows with a time in `field`) hold `rate.amount` within `rate.per`. One query."""
    now = now or timezone.now()
    recent = acts.filter(**{f"{field}__gt": now - rate.per}).order_by(f"-{field}").values_list(field, flat=True)
    for nth in recent[rate.amount - 1 : rate.amount]:
        raise TooSoon(rate.sentence, nth + rate.per - now)


def _spoken(seconds: int) -> str:
    for unit, size in (("hour", 3600), ("minute", 60)):
        if seconds >= 2 * size:
            return f"{ceil(seconds / size)} {unit}s"
    return "1 second" if seconds == 1 else f"{seconds} seconds"


def take_seat(act: str, rate: Rate) -> None:
    """The same for what leaves no row behind: take one of `rate.amount` seats of `act`, free again after `rate.per`.

    Raises TooSoon. The cache's `add` is atomic where `incr` may not be, so two requests at once never share a seat.
    """
    seconds = int(rate.per.total_seconds())
    seats = [f"{act}:{number}" for number in range(rate.amount)]
    taken = cache.get_many(seats)
    free = [seat for seat in seats if seat not in taken]
    if not any(cache.add(seat, time() + seconds, seconds) for seat in sample(free, len(free))):
        soonest = min(taken.values(), default=time() + 1)
        raise TooSoon(rate.sentence, timedelta(seconds=soonest - time()))
