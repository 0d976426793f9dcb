"""How long people waited. Who still waits stays in every denominator, so that silence can't make a figure better."""

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import accumulate
from math import ceil

from staff.clocks.clock import Hours

Wait = tuple[datetime, datetime | None]


class BusinessLine:
    """Business time from `start` to `end`, laid out once, so that any stretch of it is two look-ups."""

    def __init__(self, hours: Hours, start: datetime, end: datetime) -> None:
        spans = list(hours.stretches(start, end))
        self.opens = [opens for opens, _ in spans]
        self.closes = [closes for _, closes in spans]
        self.before = list(accumulate((closes - opens for opens, closes in spans), initial=timedelta()))

    def passed(self, moment: datetime) -> timedelta:
        """Business time since the start."""
        place = bisect_right(self.opens, moment) - 1
        if place < 0:
            return timedelta()
        return self.before[place] + min(moment, self.closes[place]) - self.opens[place]

    def between(self, start: datetime, end: datetime) -> timedelta:
        return self.passed(end) - self.passed(start)


@dataclass(frozen=True)
class Times:
    """Median and 90th percentile in calendar and business time; None where that share has had no response yet.

    `oldest` is the beginning of the longest wait that goes on.
    """

    median: timedelta | None
    ninetieth: timedelta | None
    business_median: timedelta | None
    business_ninetieth: timedelta | None
    oldest: datetime | None


def times_of(waits: Sequence[Wait], line: BusinessLine) -> Times:
    calendar = sorted(answered - asked for asked, answered in waits if answered)
    business = sorted(line.between(asked, answered) for asked, answered in waits if answered)
    return Times(
        quantile(calendar, len(waits), 0.5),
        quantile(calendar, len(waits), 0.9),
        quantile(business, len(waits), 0.5),
        quantile(business, len(waits), 0.9),
        min((asked for asked, answered in waits if not answered), default=None),
    )


def quantile(known: Sequence[timedelta], count: int, share: float) -> timedelta | None:
    """Nearest rank among `count` waits, of which those in `known` (sorted) have ended; None where it falls beyond."""
    rank = ceil(share * count) - 1
    return known[rank] if 0 <= rank < len(known) else None


def spoken(duration: timedelta | None) -> str:
    """“40 min”, “3 h 20 min”, “2 days 4 h”; a dash where there is none."""
    if duration is None:
        return "–"
    minutes = round(duration.total_seconds() / 60)
    days, rest = divmod(minutes, 24 * 60)
    hours, minutes = divmod(rest, 60)
    if days:
        return f"{days} day{'s'[: days > 1]}" + (f" {hours} h" if hours else "")
    return (f"{hours} h" + (f" {minutes} min" if minutes else "")) if hours else f"{minutes} min"
