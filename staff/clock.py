"""Business time: the only place that adds or counts working minutes. Every moment is aware; the answers are in UTC."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

LONGEST_CLOSURE = timedelta(days=400)
Range = tuple[time, time]


@dataclass(frozen=True)
class Hours:
    """When the desk is staffed: ranges of local time by weekday (Monday is 0), and days off.

    Each range becomes two moments in UTC before anything is counted, so a working day in which the clocks change is as
    long as it really was. A local time that the change skips or repeats counts once.
    """

    ranges: Mapping[int, tuple[Range, ...]]
    zone: ZoneInfo = field(default_factory=lambda: ZoneInfo("UTC"))
    holidays: frozenset[date] = frozenset()

    def add(self, start: datetime, minutes: float) -> datetime:
        """The moment at which `minutes` of business time have passed since `start`.

        Friday 16:30 plus 60 at 9-17 is Monday 9:30. Raises ValueError if the desk never opens again.
        """
        left = timedelta(minutes=minutes)
        for opens, closes in self._open_after(start):
            if opens + left <= closes:
                return opens + left
            left -= closes - opens
        raise ValueError("The desk is never staffed.")

    def between(self, start: datetime, end: datetime) -> timedelta:
        """Business time from `start` to `end`; none if `end` is not later."""
        passed = timedelta()
        for opens, closes in self._open_after(start, until=end):
            passed += max(timedelta(), min(closes, end) - opens)
        return passed

    def is_open(self, moment: datetime) -> bool:
        return any(opens <= moment < closes for opens, closes in self._of_day(self._local_date(moment)))

    def _open_after(self, start: datetime, until: datetime | None = None) -> Iterator[tuple[datetime, datetime]]:
        """What is left of each staffed range after `start`, in order, up to `until` or a closure of 400 days."""
        day = self._local_date(start)
        last_open = day
        while (day <= self._local_date(until)) if until else (day - last_open < LONGEST_CLOSURE):
            for opens, closes in self._of_day(day):
                if closes > start:
                    last_open = day
                    yield max(opens, start.astimezone(UTC)), closes
            day += timedelta(days=1)

    def _of_day(self, day: date) -> list[tuple[datetime, datetime]]:
        if day in self.holidays:
            return []
        spans = (
            (self._utc(day, opens, 0), self._utc(day, closes, 1))
            for opens, closes in self.ranges.get(day.weekday(), ())
        )
        return sorted(span for span in spans if span[0] < span[1])

    def _utc(self, day: date, local: time, fold: int) -> datetime:
        return datetime.combine(day, local.replace(fold=fold), self.zone).astimezone(UTC)

    def _local_date(self, moment: datetime) -> date:
        return moment.astimezone(self.zone).date()
