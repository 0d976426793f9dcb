"""Dates out of tables, strictly: one that could be two days, is none, or is to come, is refused and never guessed."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from datetime import timezone as fixed_zone

from django.utils import timezone

from community.importing.rows.problems import BadRowError

DAY_FIRST, MONTH_FIRST = "dmy", "mdy"
EARLIEST = 1990
_MONTHS = {
    name: number
    for number, names in enumerate(
        ("jan january", "feb february", "mar march", "apr april", "may", "jun june", "jul july", "aug august",
         "sep sept september", "oct october", "nov november", "dec december"),
        start=1,
    )
    for name in names.split()
}  # fmt: skip
_CLOCK = (
    r"(?:(?:[T ]|,? )\s*(?P<hour>\d{1,2}):(?P<minute>\d{2})(?::(?P<second>\d{2})(?:[.,]\d{1,9})?)?"
    r"(?:\s*(?P<half>[AaPp])\.?[Mm]\.?)?(?:\s*(?P<zone>Z|z|UTC|GMT|[+-]\d{2}:?\d{2}|[+-]\d{2}))?)?"
)
_ISO = re.compile(rf"(?P<year>\d{{4}})([-/.])(?P<month>\d{{1,2}})\2(?P<day>\d{{1,2}}){_CLOCK}")
_DOTTED = re.compile(rf"(?P<day>\d{{1,2}})\.\s?(?P<month>\d{{1,2}})\.\s?(?P<year>\d{{4}}){_CLOCK}")
_EITHER = re.compile(rf"(?P<first>\d{{1,2}})([/-])(?P<second_part>\d{{1,2}})\2(?P<year>\d{{4}}){_CLOCK}")
_NAMED = re.compile(rf"(?P<day>\d{{1,2}})(?:st|nd|rd|th)?[ .-]+(?P<name>[A-Za-z]+)\.?,?[ -]+(?P<year>\d{{4}}){_CLOCK}")
_NAMED_FIRST = re.compile(rf"(?P<name>[A-Za-z]+)\.? (?P<day>\d{{1,2}})(?:st|nd|rd|th)?,? (?P<year>\d{{4}}){_CLOCK}")


@dataclass(frozen=True)
class Moment:
    """`at` is aware: of a day alone its noon (UTC), or now if that is still to come. `day` is the day as written."""

    at: datetime
    day: date
    is_day_only: bool


class DateReader:
    """`order` is "dmy" or "mdy" where a person or the file itself has settled it."""

    def __init__(self, order: str = "") -> None:
        self.order = order

    def moment(self, text: str) -> datetime:
        """Raises BadRowError: no_date, bad_date, ambiguous_date, future_date. Without a zone it is the site's."""
        return self.read(text).at

    def day(self, text: str) -> date:
        """The day as it is written, whatever the zone."""
        found, _ = self._parts(text)
        return found

    def read(self, text: str) -> Moment:
        day, match = self._parts(text)
        now = timezone.now()
        if not match["hour"]:
            if day > max(timezone.localdate(), now.date()):
                raise BadRowError("future_date")
            noon = datetime.combine(day, time(12), UTC)
            return Moment(min(noon, now), day, is_day_only=True)
        at = datetime.combine(day, _time_of(match), _zone_of(match["zone"]))
        if at > now + timedelta(minutes=5):  # a clock may be a little fast
            raise BadRowError("future_date")
        return Moment(min(at, now), day, is_day_only=False)

    def _parts(self, text: str) -> "tuple[date, re.Match[str]]":
        text = " ".join(text.split())
        if not text:
            raise BadRowError("no_date")
        for pattern in (_ISO, _DOTTED, _EITHER, _NAMED, _NAMED_FIRST):
            if match := pattern.fullmatch(text):
                return self._day_of(match), match
        raise BadRowError("bad_date")

    def _day_of(self, match: "re.Match[str]") -> date:
        parts = match.groupdict()
        if "first" in parts:
            day, month = self._settled(int(parts["first"]), int(parts["second_part"]))
        elif "name" in parts:
            day, month = int(parts["day"]), _MONTHS.get(parts["name"].lower(), 0)
        else:
            day, month = int(parts["day"]), int(parts["month"])
        year = int(parts["year"])
        try:
            found = date(year, month, day)
        except ValueError:
            raise BadRowError("bad_date") from None
        if year < EARLIEST:
            raise BadRowError("bad_date")
        return found

    def _settled(self, first: int, second: int) -> tuple[int, int]:
        """(day, month). Settled by the order, by a number above 12, or because both are the same."""
        if self.order == MONTH_FIRST:
            return second, first
        if self.order == DAY_FIRST or first > 12 or first == second:
            return first, second
        if second > 12:
            return second, first
        raise BadRowError("ambiguous_date")


def _time_of(match: "re.Match[str]") -> time:
    hour = int(match["hour"])
    if match["half"]:
        if not 1 <= hour <= 12:
            raise BadRowError("bad_date")
        hour = hour % 12 + (12 if match["half"] in "Pp" else 0)
    try:
        return time(hour, int(match["minute"]), int(match["second"] or 0))
    except ValueError:
        raise BadRowError("bad_date") from None


def _zone_of(text: str | None) -> tzinfo:
    if not text:
        return timezone.get_default_timezone()
    if text in ("Z", "z", "UTC", "GMT"):
        return UTC
    digits = text[1:].replace(":", "").ljust(4, "0")
    away = timedelta(hours=int(digits[:2]), minutes=int(digits[2:]))
    if away >= timedelta(hours=24):
        raise BadRowError("bad_date")
    return fixed_zone(away if text[0] == "+" else -away)


class OrderFinder:
    """Settles the order from a whole file: days above 12 that stand always first, or always second."""

    def __init__(self) -> None:
        self._day_first = self._month_first = False

    def look(self, texts: Iterable[str]) -> None:
        for text in texts:
            if match := _EITHER.fullmatch(" ".join(text.split())):
                first, second = int(match["first"]), int(match["second_part"])
                self._day_first |= first > 12 >= second
                self._month_first |= second > 12 >= first

    @property
    def order(self) -> str:
        """Empty if nothing tells, or the file contradicts itself."""
        if self._day_first == self._month_first:
            return ""
        return DAY_FIRST if self._day_first else MONTH_FIRST
