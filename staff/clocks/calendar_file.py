"""Days off out of a calendar file (iCalendar, RFC 5545): whole days, repeated ones for this year and the next two."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import islice
from time import monotonic
from typing import Any
from zoneinfo import ZoneInfo

from dateutil.rrule import rrulestr
from django.core.exceptions import ValidationError
from icalendar import Calendar

MOST_BYTES = 1_000_000
MOST_EVENTS = 500
MOST_DAYS = 1_000
LONGEST_EVENT = 60
MOST_RULES = 2
SECONDS = 10
"""A rule that no day fits is looked for until the year 9999: so long we read on, over all events."""
YEARS_AHEAD = 2
Event = Any  # a VEVENT: the library types each property as any of its thirty kinds
REPEATS = {"YEARLY", "MONTHLY", "WEEKLY", "DAILY"}
WITHIN_A_DAY = ("BYHOUR", "BYMINUTE", "BYSECOND")


@dataclass(frozen=True)
class DayOff:
    day: date
    name: str
    uid: str = ""


@dataclass(frozen=True)
class Found:
    """`days` in order, each once. `left_out`: what is no day off, with the reason, at most 20."""

    days: tuple[DayOff, ...]
    left_out: tuple[str, ...] = ()


def read_calendar(data: bytes, *, today: date, zone: ZoneInfo) -> Found:
    """The days off in a calendar file, from the first of January of this year. Writes nothing.

    `zone` is the desk's, for events that say midnight to midnight in a zone. Raises ValidationError with a sentence for
    files that are too large, no calendar, or hold no day off.
    """
    events = _events(data)
    moved = {(str(event.get("UID", "")), _day(event["RECURRENCE-ID"].dt, zone)) for event in events if _is_moved(event)}
    since, until = date(today.year, 1, 1), date(today.year + YEARS_AHEAD, 12, 31)
    days: dict[date, DayOff] = {}
    left_out: list[str] = []
    ends = monotonic() + SECONDS
    for event in events:
        if monotonic() > ends:
            raise ValidationError("This calendar repeats its days in ways that take too long to read. Choose another.")
        try:
            for off in islice(_days_of(event, since, until, zone, moved), MOST_DAYS):
                days.setdefault(off.day, off)
        except (ValueError, TypeError, KeyError, AttributeError, OverflowError) as error:
            left_out.append(f"{_name(event)}: {error if isinstance(error, _NoDayOff) else 'it can’t be read'}")
    if not days:
        why = f" {left_out[0]}." if left_out else ""
        raise ValidationError(f"This calendar holds no whole day from {since.year} to {until.year}.{why}")
    if len(days) > MOST_DAYS:
        raise ValidationError(f"This calendar holds more than {MOST_DAYS} days. Choose one that holds only days off.")
    return Found(tuple(days[day] for day in sorted(days)), tuple(left_out[:20]))


class _NoDayOff(ValueError):  # noqa: N818 - it is one
    """Why an event is left out, to be read by people."""


def _events(data: bytes) -> list[Event]:
    if len(data) > MOST_BYTES:
        raise ValidationError("This file is larger than 1 MB. A calendar of days off is far smaller: choose that one.")
    try:
        calendars = Calendar.from_ical(data, multiple=True)
        events = [event for calendar in calendars for event in calendar.walk("VEVENT")]
    except Exception as error:  # the parser raises whatever its parts raise
        raise ValidationError("This is no calendar file. Export it as iCalendar; its name ends in .ics.") from error
    if not calendars or not any(calendar.name == "VCALENDAR" for calendar in calendars):
        raise ValidationError("This is no calendar file. Export it as iCalendar; its name ends in .ics.")
    if len(events) > MOST_EVENTS:
        raise ValidationError(f"This calendar holds more than {MOST_EVENTS} events. Choose one of days off only.")
    return events


def _days_of(event: Event, since: date, until: date, zone: ZoneInfo, moved: set[tuple[str, date]]) -> Iterator[DayOff]:
    if str(event.get("STATUS", "")).upper() == "CANCELLED":
        return
    first, length = _first_and_length(event, zone)
    uid, name = str(event.get("UID", "")), _name(event)
    for start in _starts(event, first, since - timedelta(days=length), until, zone):
        if not _is_moved(event) and (uid, start) in moved:
            continue
        for day in (start + timedelta(days=n) for n in range(length)):
            if since <= day <= until:
                yield DayOff(day, name, uid[:255])


def _first_and_length(event: Event, zone: ZoneInfo) -> tuple[date, int]:
    start = _local(event["DTSTART"].dt, zone)
    length = _length(event, start)
    if not length or (isinstance(start, datetime) and start.time() != time(0)):
        raise _NoDayOff("it is not a whole day")
    if length > LONGEST_EVENT:
        raise _NoDayOff(f"it lasts more than {LONGEST_EVENT} days")
    return _day(start, zone), length


def _length(event: Event, start: date) -> int:
    """Whole days; 0 if it ends within a day. Without an end a date lasts a day (RFC 5545, 3.6.1)."""
    if "DTEND" in event:
        lasts = event["DTEND"].dt - event["DTSTART"].dt
    elif "DURATION" in event:
        lasts = event["DURATION"].dt
    else:
        return 0 if isinstance(start, datetime) else 1
    days: int = max(lasts, timedelta(days=1)).days if not isinstance(start, datetime) else lasts.days
    return 0 if lasts % timedelta(days=1) else days


def _starts(event: Event, first: date, since: date, until: date, zone: ZoneInfo) -> Iterator[date]:
    excluded = set(_listed(event, "EXDATE", zone))
    found = {first} | set(_listed(event, "RDATE", zone)) | set(_repeated(event, first, since, until))
    yield from (day for day in sorted(found - excluded) if since <= day <= until)


def _repeated(event: Event, first: date, since: date, until: date) -> Iterator[date]:
    named = event.get("RRULE", [])
    rules = named if isinstance(named, list) else [named]
    if len(rules) > MOST_RULES:
        raise _NoDayOff("it repeats by too many rules")
    for rule in rules:
        if not {str(repeat).upper() for repeat in rule.get("FREQ", [])} <= REPEATS or any(map(rule.get, WITHIN_A_DAY)):
            raise _NoDayOff("it repeats within a day")
        if any(int(step) < 1 for step in rule.get("INTERVAL", [])):
            raise _NoDayOff("it repeats without end")
        text = ";".join(part for part in rule.to_ical().decode().split(";") if not part.startswith("UNTIL="))
        begins = datetime.combine(first, time(0))
        last = min([until, *(_date(end) for end in rule.get("UNTIL", []))])
        for moment in rrulestr(text, dtstart=begins).xafter(datetime.combine(since, time(0)), inc=True):
            if moment.date() > last:
                break
            yield moment.date()


def _listed(event: Event, name: str, zone: ZoneInfo) -> Iterator[date]:
    lists: Any = event.get(name, [])
    for part in lists if isinstance(lists, list) else [lists]:
        yield from (_day(item.dt[0] if isinstance(item.dt, tuple) else item.dt, zone) for item in part.dts)


def _is_moved(event: Event) -> bool:
    return "RECURRENCE-ID" in event


def _day(moment: date, zone: ZoneInfo) -> date:
    return _date(_local(moment, zone))


def _local(moment: date, zone: ZoneInfo) -> date:
    """As it is called where it was written down; a moment in UTC as the desk calls it."""
    if isinstance(moment, datetime) and moment.tzinfo is not None and not moment.utcoffset():
        return moment.astimezone(zone)
    return moment


def _date(moment: date) -> date:
    return moment.date() if isinstance(moment, datetime) else moment


def _name(event: Event) -> str:
    return " ".join(str(event.get("SUMMARY", "")).split())[:100] or "A day without a name"
