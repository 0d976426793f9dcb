"""What figures are about: a stretch of time, and perhaps one product or one type of conversation."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

from django.db.models import Case, CharField, Q, Value, When

from community.products.models import Product
from staff.models import DeskSettings

USUAL = "30"
DAYS = {"30": "the last 30 days", "90": "the last 90 days", "365": "the last 365 days"}
CUSTOM, EVER = "custom", "all"
BEGINNING = datetime(2000, 1, 1, tzinfo=UTC)
MOST_MONTHS = 12
UTC_ZONE = ZoneInfo("UTC")


@dataclass(frozen=True)
class Month:
    """A calendar month of the desk's time zone: from `start` up to `end`."""

    key: str
    label: str
    start: datetime
    end: datetime


@dataclass(frozen=True)
class Scope:
    """From `since` up to `until`. `query` is what an address says of it; a month is one of the desk's time zone."""

    since: datetime
    until: datetime
    now: datetime
    label: str
    query: str = ""
    product: Product | None = None
    type: str = ""
    zone: ZoneInfo = UTC_ZONE

    def within(self, moment: str) -> Q:
        """Rows whose `moment` lies in it."""
        return Q(**{f"{moment}__gte": self.since, f"{moment}__lt": self.until})

    def about(self, product: str, kind: str) -> Q:
        """Rows of the chosen product and type, by the names of their fields; all rows where none is chosen."""
        chosen = Q(**{product: self.product}) if self.product else Q()
        return chosen & Q(**{kind: self.type}) if self.type else chosen

    def months(self) -> list[Month]:
        """The calendar months that it touches, oldest first; the last 12 at most."""
        last = self.until - timedelta(microseconds=1)
        month = last.astimezone(self.zone).date().replace(day=1)
        found: list[Month] = []
        while len(found) < MOST_MONTHS and (not found or found[0].start > self.since):
            found.insert(0, month_of(month, self.zone))
            month = (month - timedelta(days=1)).replace(day=1)
        return found

    def month_column(self, moment: str) -> Case:
        """The key of the month in which `moment` lies; “earlier” before the first that is shown."""
        months = self.months()
        cases = [When(**{f"{moment}__lt": months[0].start}, then=Value("earlier"))]
        cases += [When(**{f"{moment}__lt": month.end}, then=Value(month.key)) for month in months]
        return Case(*cases, default=Value(months[-1].key), output_field=CharField())


def month_of(first: date, zone: ZoneInfo) -> Month:
    """The month whose first day is `first`."""
    after = (first + timedelta(days=31)).replace(day=1)
    return Month(f"{first:%Y-%m}", f"{first:%b %Y}", midnight(first, zone), midnight(after, zone))


def midnight(day: date, zone: ZoneInfo) -> datetime:
    return datetime.combine(day, time(), zone).astimezone(UTC)


def scope_of(
    chosen: Mapping[str, str],
    now: datetime,
    *,
    first: date | None = None,
    last: date | None = None,
    product: Product | None = None,
) -> Scope:
    """The scope of checked words: `period` as in an address, and `type`. Days are whole days of the desk's zone."""
    zone = ZoneInfo(DeskSettings.current().time_zone)
    period = chosen.get("period") or USUAL
    since, until, label = _stretch(period, now, zone, first, last)
    words = {"period": period}
    if period == CUSTOM:
        words |= {"first": str(first), "last": str(last)}
    if product:
        words["product"] = product.slug
    if chosen.get("type"):
        words["type"] = chosen["type"]
    return Scope(since, until, now, label, urlencode(words), product, chosen.get("type", ""), zone)


def _stretch(
    period: str, now: datetime, zone: ZoneInfo, first: date | None, last: date | None
) -> tuple[datetime, datetime, str]:
    after_now = now + timedelta(microseconds=1)
    if period in DAYS:
        today = now.astimezone(zone).date()
        return midnight(today - timedelta(days=int(period) - 1), zone), after_now, DAYS[period]
    if period == CUSTOM and first and last:
        days = f"{first.day} {first:%b %Y} to {last.day} {last:%b %Y}"
        return midnight(first, zone), midnight(last + timedelta(days=1), zone), days
    if period == EVER:
        return BEGINNING, after_now, "all time"
    month = month_of(date.fromisoformat(f"{period}-01"), zone)
    return month.start, month.end, f"{month.start.astimezone(zone):%B %Y}"
