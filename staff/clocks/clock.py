"""Business time: the only place that adds or counts working minutes. Every moment is aware; the answers are in UTC."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

LONGEST_CLOSURE = timedelta(days=400)
MIDNIGHT = time(0)
Range = tuple[time, time]


class NeverOpen(ValueError):  # noqa: N818 - reads as a word: raise NeverOpen(…)
    """Nobody is ever there, so nothing can become due."""


@dataclass(frozen=True)
class Hours:
    """When the desk is staffed: ranges of local time by weekday (Monday is 0), and days off.

    A range that closes at 0:00 lasts to the end of its day; a night shift is two ranges. Overlaps count once. Each
    becomes two moments in UTC before anything is counted, so a working day in which the clocks change is as long as it
    really was: a local time that the change skips is the moment of the change, one that it repeats lasts both times.
    """

    ranges: Mapping[int, tuple[Range, ...]]
    zone: ZoneInfo = field(default_factory=lambda: ZoneInfo("UTC"))
    holidays: frozenset[date] = frozenset()

    def add(self, start: datetime, minutes: float) -> datetime:
        """The moment at which `minutes` of business time have passed since `start`.

        Friday 16:30 plus 60 at 9-17 is Monday 9:30. Raises NeverOpen if nobody is there for 400 days.
        """
        left = timedelta(minutes=minutes)
        for opens, closes in self._open_after(start):
            if opens + left <= closes:
                return opens + left
            left -= closes - opens
        raise NeverOpen("The desk is never staffed.")

    def between(self, start: datetime, end: datetime) -> timedelta:
        """Business time from `start` to `end`; none if `end` is not later."""
        passed = timedelta()
        for opens, closes in self._open_after(start, until=end):
            passed += max(timedelta(), min(closes, end) - opens)
        return passed

    def before(self, start: datetime, end: datetime, minutes: float) -> datetime | None:
        """When somebody is there and `minutes` of business time are left until `end`; None if they are gone at `start`.

        Where a closure lies in between, it is when the desk opens again, not when it closed.
        """
        passed = self.between(start, end) - timedelta(minutes=minutes)
        if passed <= timedelta():
            return None
        return self.add(self.add(start, passed / timedelta(minutes=1)), 0)

    def put_off(self, due: datetime, paused: datetime, resumed: datetime) -> datetime:
        """`due` after a pause: what was left when it began is left when it ends. What was late stays as it is."""
        if due <= paused or resumed <= paused:
            return due
        return max(due, self.add(resumed, self.between(paused, due) / timedelta(minutes=1)))

    def stretches(self, start: datetime, end: datetime) -> Iterator[tuple[datetime, datetime]]:
        """Each stretch of business time from `start` to `end`, in order."""
        for opens, closes in self._open_after(start, until=end):
            if opens < end:
                yield opens, min(closes, end)

    def is_open(self, moment: datetime) -> bool:
        return any(opens <= moment < closes for opens, closes in self._of_day(self._local_date(moment)))

    def _open_after(self, start: datetime, until: datetime | None = None) -> Iterator[tuple[datetime, datetime]]:
        """What is left of each staffed range after `start`, in order, up to `until` or a closure of 400 days."""
        reached = start.astimezone(UTC)
        day = last_open = self._local_date(start)
        while (day <= self._local_date(until)) if until else (day - last_open < LONGEST_CLOSURE):
            for opens, closes in self._of_day(day):
                if closes > reached:
                    last_open = day
                    yield max(opens, reached), closes
                    reached = closes
            day += timedelta(days=1)

    def _of_day(self, day: date) -> list[tuple[datetime, datetime]]:
        if day in self.holidays:
            return []
        spans = (
            (self._utc(day, opens, 0), self._closing(day, closes))
            for opens, closes in self.ranges.get(day.weekday(), ())
        )
        return sorted(span for span in spans if span[0] < span[1])

    def _closing(self, day: date, closes: time) -> datetime:
        return self._utc(day + timedelta(days=1), closes, 0) if closes == MIDNIGHT else self._utc(day, closes, 1)

    def _utc(self, day: date, local: time, fold: int) -> datetime:
        """Of a local time that comes twice, the first (fold 0) or the second; of one that is skipped, the change."""
        first, second = (datetime.combine(day, local.replace(fold=n), self.zone).astimezone(UTC) for n in (0, 1))
        if second < first:
            return self._change_between(second, first)
        return second if fold else first

    def _change_between(self, before: datetime, after: datetime) -> datetime:
        """The whole second in UTC at which the clocks are changed."""
        offset = before.astimezone(self.zone).utcoffset()
        while after - before > timedelta(seconds=1):
            middle = before + timedelta(seconds=(after - before) // timedelta(seconds=2))
            if middle.astimezone(self.zone).utcoffset() == offset:
                before = middle
            else:
                after = middle
        return after

    def _local_date(self, moment: datetime) -> date:
        return moment.astimezone(self.zone).date()
