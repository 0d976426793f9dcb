"""Managers set hours, days off and targets. What has started keeps its due time."""

from collections.abc import Iterable, Mapping
from datetime import date, time, timedelta
from itertools import pairwise

from django.db import transaction
from django.utils import timezone

from community.members.models import Member
from community.threads.permissions import require
from staff.clocks.calendar_file import DayOff
from staff.clocks.clock import MIDNIGHT, Hours, NeverOpen, Range
from staff.clocks.hours import Subject, hours_now, hours_with, matches
from staff.models import DeskSettings, Holiday, OpenRange, SlaPolicy
from staff.permissions import Refused

Week = Mapping[int, tuple[Range, ...]]
NEVER_OPEN = "Then nobody would ever be there, and nothing could become due. Leave at least one range of hours."
ALL_OFF = "Then nobody would be there for more than a year, and nothing could become due. Leave some days out."


@transaction.atomic
def set_hours(*, by: Member, week: Week, zone: str) -> bool:
    """Make these the desk's hours. False if they are. Raises Refused if nobody would ever be there."""
    _require_manager(by)
    desk, _ = DeskSettings.objects.select_for_update().get_or_create(pk=1)
    before = {(row.weekday, row.opens_at, row.closes_at) for row in OpenRange.objects.all()}
    wanted = {(day, opens, closes) for day, ranges in split_nights(week).items() for opens, closes in ranges}
    if (before, desk.time_zone) == (wanted, zone):
        return False
    if not wanted:
        raise Refused(NEVER_OPEN)
    OpenRange.objects.all().delete()
    OpenRange.objects.bulk_create(
        OpenRange(weekday=day, opens_at=opens, closes_at=closes) for day, opens, closes in sorted(wanted)
    )
    desk.time_zone = zone
    desk.save(update_fields=["time_zone"])
    _require_open(hours_now(desk), ALL_OFF)
    return True


def split_nights(week: Week) -> dict[int, tuple[Range, ...]]:
    """A range that goes over midnight (22:00 to 6:00) becomes two: up to midnight, and the next day's morning."""
    days: dict[int, list[Range]] = {}
    for day, ranges in week.items():
        for opens, closes in ranges:
            if closes == MIDNIGHT or opens < closes:
                days.setdefault(day, []).append((opens, closes))
            else:
                days.setdefault(day, []).append((opens, MIDNIGHT))
                days.setdefault((day + 1) % 7, []).append((MIDNIGHT, closes))
    return {day: tuple(sorted(ranges)) for day, ranges in sorted(days.items())}


def overlap(ranges: Iterable[Range]) -> tuple[Range, Range] | None:
    """Two ranges of one day that cover the same time."""
    ordered = sorted(ranges)
    for first, second in pairwise(ordered):
        if first[1] == MIDNIGHT or second[0] < first[1]:
            return first, second
    return None


@transaction.atomic
def add_holidays(*, by: Member, days: Iterable[DayOff]) -> int:
    """Keep days off. A day that is kept already stays as it is; returns how many are new. Raises Refused."""
    _require_manager(by)
    wanted = {off.day: off for off in days}
    known = set(Holiday.objects.filter(day__in=wanted).values_list("day", flat=True))
    new = [Holiday(day=off.day, name=off.name[:100], uid=off.uid) for day, off in wanted.items() if day not in known]
    _require_open(hours_with(days=[one.day for one in new]), ALL_OFF)
    Holiday.objects.bulk_create(new, ignore_conflicts=True)
    return len(new)


@transaction.atomic
def remove_holiday(*, by: Member, day: date) -> bool:
    """Work on that day. False if it is no day off."""
    _require_manager(by)
    return bool(Holiday.objects.filter(day=day).delete()[0])


@transaction.atomic
def save_policy(*, by: Member, policy: SlaPolicy) -> SlaPolicy:
    """Keep a new or changed policy. A new one is asked before the first that matches everything, else last."""
    _require_manager(by)
    if policy.pk is not None:
        policy.save()
        return policy
    ordered = list(SlaPolicy.objects.select_for_update().order_by("position", "pk"))
    place = next((n for n, one in enumerate(ordered) if matches(one, Subject())), len(ordered))
    policy.save()
    ordered.insert(place, policy)
    _number(ordered)
    return policy


@transaction.atomic
def move_policy(*, by: Member, policy: SlaPolicy, up: bool) -> bool:
    """Ask it one place sooner or later. False at the end of the list."""
    _require_manager(by)
    ordered = list(SlaPolicy.objects.select_for_update().order_by("position", "pk"))
    place = ordered.index(policy)
    other = place - 1 if up else place + 1
    if not 0 <= other < len(ordered):
        return False
    ordered[place], ordered[other] = ordered[other], ordered[place]
    _number(ordered)
    return True


def _number(ordered: list[SlaPolicy]) -> None:
    for position, one in enumerate(ordered):
        one.position = position
    SlaPolicy.objects.bulk_update(ordered, ["position"])


@transaction.atomic
def remove_policy(*, by: Member, policy: SlaPolicy) -> bool:
    """Clocks that it started go on. False if it is gone."""
    _require_manager(by)
    return bool(SlaPolicy.objects.filter(pk=policy.pk).delete()[0])


def _require_manager(by: Member) -> None:
    require(by.is_manager, "Managers decide about hours and targets. Ask one of them.")


def _require_open(hours: Hours, sentence: str) -> None:
    """Within a year from today, and not only for a moment."""
    try:
        hours.add(timezone.now(), timedelta(hours=1) / timedelta(minutes=1))
    except NeverOpen as error:
        raise Refused(sentence) from error


def spoken(ranges: Iterable[Range]) -> str:
    """“9:00-12:00, 13:00-17:00”, as managers write it."""
    return ", ".join(f"{_clock(opens)}-{_clock(closes) if closes != MIDNIGHT else '24:00'}" for opens, closes in ranges)


def _clock(moment: time) -> str:
    return f"{moment.hour}:{moment.minute:02d}"
