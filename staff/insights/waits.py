"""How long people waited. Who still waits stays in every denominator, so that silence can't make a figure better."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from math import ceil

from staff.clock import Hours
from staff.insights.tables import Item


@dataclass(frozen=True)
class Wait:
    """From a customer's message to the first response, if there was one; `due` is until when we wanted to."""

    item: Item
    asked: datetime
    answered: datetime | None
    due: datetime | None = None


@dataclass(frozen=True)
class Summary:
    """Median and 90th percentile in calendar and business time; None where that share has had no response yet."""

    all: list[Wait]
    answered: list[Wait]
    waiting: list[Wait]
    in_time: list[Wait]
    late: list[Wait]
    median: timedelta | None
    ninetieth: timedelta | None
    business_median: timedelta | None
    business_ninetieth: timedelta | None


def summarise(waits: Sequence[Wait], hours: Hours, now: datetime) -> Summary:
    calendar = [wait.answered - wait.asked if wait.answered else None for wait in waits]
    business = [hours.between(wait.asked, wait.answered) if wait.answered else None for wait in waits]
    return Summary(
        all=list(waits),
        answered=[wait for wait in waits if wait.answered],
        waiting=sorted((wait for wait in waits if not wait.answered), key=lambda wait: wait.asked),
        in_time=[wait for wait in waits if wait.due and wait.answered and wait.answered <= wait.due],
        late=[wait for wait in waits if wait.due and (wait.answered or now) > wait.due],
        median=quantile(calendar, 0.5),
        ninetieth=quantile(calendar, 0.9),
        business_median=quantile(business, 0.5),
        business_ninetieth=quantile(business, 0.9),
    )


def quantile(durations: Sequence[timedelta | None], share: float) -> timedelta | None:
    """Nearest rank. None stands for “no response yet”: longer than any, and the answer where the rank falls there."""
    if not durations:
        return None
    known = sorted(duration for duration in durations if duration is not None)
    rank = ceil(share * len(durations)) - 1
    return known[rank] if rank < len(known) else None


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
