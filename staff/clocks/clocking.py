"""A conversation's clock: when it starts, stands still, is brought forward and ends, and what it says meanwhile.

The due time is frozen when the clock starts: a changed policy or holiday does not move it. A more pressing reason may
bring it forward; only waiting for the customer's details puts it off.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from staff.clocks.clock import Hours
from staff.clocks.hours import policy_for, subject_of
from staff.models import Conversation, SlaEvent

Kind, Target = SlaEvent.Kind, SlaEvent.Target
WARN_AT = 0.75
LAST_CALL_MINUTES = 15
COLUMNS = ("due_at", "warn_at", "alarm_at", "clock_paused_at")


@dataclass(frozen=True)
class Look:
    """What triage has just found. `starts`: since when each reason asks for a reply; `raised`: those that are new.

    `paused_at`: since when we wait for details of the customer. `dealt_with_at`: when we last replied, or said that no
    reply is needed.
    """

    now: datetime
    hours: Hours
    starts: Sequence[datetime]
    raised: Sequence[datetime]
    priority: int
    type: str
    is_first: bool
    paused_at: datetime | None = None
    dealt_with_at: datetime | None = None


def follow_clock(conversation: Conversation, look: Look) -> dict[str, Any]:
    """The clock's columns as they should be after this look; the same look again changes nothing.

    One query when a clock starts or a reason is raised, else none.
    """
    if not look.starts:
        return dict.fromkeys(COLUMNS)
    values = _running(conversation, look)
    is_first_clock = conversation.first_due_at is None or conversation.first_due_at == conversation.due_at
    if look.is_first and is_first_clock and "due_at" in values:
        values["first_due_at"] = values["due_at"]
    return values


def _running(conversation: Conversation, look: Look) -> dict[str, Any]:
    due, paused = conversation.due_at, conversation.clock_paused_at
    if due is None or not _still_runs(conversation, look):
        return _started(conversation, look, min(look.starts))
    if paused and look.paused_at is None:
        return _resumed(paused, due, conversation.warn_at or due, look)
    sooner = _brought_forward(conversation, due, look) if look.raised else {}
    return sooner or ({} if paused else _paused(look, due, conversation.waiting_since or look.now))


def _still_runs(conversation: Conversation, look: Look) -> bool:
    """The clock of the message that waited before still counts, unless that message has been dealt with since."""
    since, dealt_with = conversation.waiting_since, look.dealt_with_at
    return conversation.needs_reply and since is not None and (dealt_with is None or dealt_with < since)


def _started(conversation: Conversation, look: Look, start: datetime) -> dict[str, Any]:
    targets = policy_for(subject_of(conversation, priority=look.priority, type=look.type))
    minutes = targets.minutes(is_first=look.is_first)
    due, warn = (look.hours.add(start, minutes * share) for share in (1, WARN_AT))
    values = {
        "due_at": due,
        "warn_at": warn,
        "alarm_at": next_alarm(due, warn, start, look.hours, after=start),
        "clock_paused_at": None,
        "sla_policy_id": targets.policy_id,
    }
    return values | _paused(look, due, start)


def _brought_forward(conversation: Conversation, due: datetime, look: Look) -> dict[str, Any]:
    """A new reason's target counts from its message; where that is old, from now. It never puts off."""
    since = conversation.waiting_since or look.now
    sooner = _started(conversation, look, min(at if at > since else look.now for at in look.raised))
    return sooner if sooner["due_at"] < due else {}


def _paused(look: Look, due: datetime, start: datetime) -> dict[str, Any]:
    """Waiting for details stops the clock; what was late by then stays late."""
    if look.paused_at is None or due <= look.paused_at:
        return {}
    return {"clock_paused_at": max(look.paused_at, start), "alarm_at": None}


def _resumed(paused: datetime, due: datetime, warn: datetime, look: Look) -> dict[str, Any]:
    due, warn = (look.hours.put_off(moment, paused, look.now) for moment in (due, warn))
    return {
        "due_at": due,
        "warn_at": warn,
        "alarm_at": next_alarm(due, warn, paused, look.hours, after=paused),
        "clock_paused_at": None,
    }


def alarms(due: datetime, warn: datetime, start: datetime, hours: Hours) -> list[tuple[datetime, SlaEvent.Kind]]:
    """The moments at which the clock speaks, in order: three quarters gone, 15 business minutes left, missed."""
    call = hours.before(start, due, LAST_CALL_MINUTES)
    said = [(warn, Kind.WARNED), *([(call, Kind.LAST_CALL)] if call else []), (due, Kind.BREACHED)]
    return sorted(said, key=lambda alarm: alarm[0])


def next_alarm(due: datetime, warn: datetime, start: datetime, hours: Hours, *, after: datetime) -> datetime | None:
    return next((moment for moment, _ in alarms(due, warn, start, hours) if moment > after), None)
