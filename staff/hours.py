"""The desk's hours and promises, as its settings say them."""

from zoneinfo import ZoneInfo

from staff.clock import Hours
from staff.models import DeskSettings, Reason

URGENT = frozenset({Reason.Kind.LOW_RATING, Reason.Kind.FLAGGED, Reason.Kind.ESCALATED})


def hours_of(desk: DeskSettings) -> Hours:
    days = range(7) if desk.works_weekends else range(5)
    span = (desk.opens_at, desk.closes_at)
    return Hours(dict.fromkeys(days, (span,)), ZoneInfo(desk.time_zone))


def target_minutes(desk: DeskSettings, kind: str) -> int:
    """Business minutes in which a reason of this kind wants a reply."""
    return desk.urgent_target_minutes if kind in URGENT else desk.reply_target_minutes
