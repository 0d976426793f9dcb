"""What would be due when: the clocks page's try-out, by the very code that runs the clocks."""

from dataclasses import dataclass
from datetime import datetime

from staff.clocks.clock import Hours
from staff.clocks.clocking import WARN_AT, alarms
from staff.clocks.hours import Subject, Targets, policy_for
from staff.models import SlaEvent

SAID = {
    SlaEvent.Kind.WARNED: "Three quarters are gone: first warning",
    SlaEvent.Kind.LAST_CALL: "15 minutes are left: second warning",
    SlaEvent.Kind.BREACHED: "A reply is due",
}


@dataclass(frozen=True)
class Tried:
    """One target of the policy, with what its clock would say: local times of the desk, naive for the page to show."""

    label: str
    minutes: int
    moments: list[tuple[str, datetime]]


@dataclass(frozen=True)
class Outlook:
    targets: Targets
    is_open: bool
    tried: list[Tried]


def try_out(*, at: datetime, subject: Subject, hours: Hours) -> Outlook:
    """Raises NeverOpen."""
    targets = policy_for(subject)
    both = (("First reply", targets.first_reply_minutes), ("Next reply", targets.next_reply_minutes))
    return Outlook(targets, hours.is_open(at), [_tried(label, minutes, at, hours) for label, minutes in both])


def _tried(label: str, minutes: int, at: datetime, hours: Hours) -> Tried:
    due, warn = hours.add(at, minutes), hours.add(at, minutes * WARN_AT)
    said = [
        (SAID[kind], moment.astimezone(hours.zone).replace(tzinfo=None))
        for moment, kind in alarms(due, warn, at, hours)
    ]
    return Tried(label, minutes, said)
