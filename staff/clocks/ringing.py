"""What clocks say, each thing once: started, three quarters gone, 15 minutes left, missed, met."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django_q.tasks import async_task

from community.notifications.models import Notification
from community.notifications.telling import tell_of
from staff.clocks.clock import Hours
from staff.clocks.clocking import alarms, next_alarm
from staff.clocks.hours import hours_now
from staff.models import Conversation, SlaEvent

Kind, Target = SlaEvent.Kind, SlaEvent.Target
AT_ONCE = 500
WARNINGS = (Kind.WARNED, Kind.LAST_CALL)


@dataclass(frozen=True)
class Was:
    """A clock before triage looked."""

    since: datetime | None
    due: datetime | None
    paused_at: datetime | None
    is_first: bool

    @classmethod
    def of(cls, conversation: Conversation) -> "Was":
        return cls(
            conversation.waiting_since if conversation.needs_reply else None,
            conversation.due_at,
            conversation.clock_paused_at,
            conversation.first_company_response_at is None,
        )


def note_clock(was: Was, conversation: Conversation, *, replied_at: datetime | None, hours: Hours) -> None:
    """Log that a clock was met or missed by our reply, a holding reply to a first message included, and a new one."""
    now_since = conversation.waiting_since if conversation.needs_reply else None
    answered = _answered_at(was, conversation, replied_at)
    if was.since and was.due and answered:
        due = hours.put_off(was.due, was.paused_at, answered) if was.paused_at else was.due
        kind = Kind.MET if answered <= due else Kind.BREACHED
        _say(conversation, kind, since=was.since, due=due, is_first=was.is_first)
    is_first = conversation.first_company_response_at is None
    if now_since and conversation.due_at and (now_since, is_first) != (was.since, was.is_first):
        _say(conversation, Kind.STARTED, since=now_since, due=conversation.due_at, is_first=is_first)


def _answered_at(was: Was, conversation: Conversation, replied_at: datetime | None) -> datetime | None:
    """When we said something that answers the clock as it was."""
    first = conversation.first_company_response_at if was.is_first else None
    said = [at for at in (first, replied_at) if at and was.since and at >= was.since]
    return min(said, default=None)


def ring(now: datetime | None = None) -> int:
    """Let every clock speak whose moment has come: one look at an index, then only at these. How many spoke."""
    now = now or timezone.now()
    due = Conversation.objects.filter(alarm_at__lte=now).order_by("alarm_at").values_list("pk", flat=True)
    found = list(due[:AT_ONCE])
    hours = hours_now() if found else None
    return sum(_ring_one(pk, now, hours) for pk in found if hours)


@transaction.atomic
def _ring_one(pk: int, now: datetime, hours: Hours) -> bool:
    """Says the newest thing only, should several moments have passed unheard."""
    one = Conversation.objects.select_for_update().filter(pk=pk, alarm_at__lte=now).first()
    if one is None or one.alarm_at is None:
        return False
    since, due, heard_until = one.waiting_since, one.due_at, one.alarm_at
    if since is None or due is None:
        Conversation.objects.filter(pk=pk).update(alarm_at=None)
        return False
    warn = one.warn_at or due
    passed = [kind for at, kind in alarms(due, warn, since, hours) if heard_until <= at <= now]
    Conversation.objects.filter(pk=pk).update(alarm_at=next_alarm(due, warn, since, hours, after=now))
    if not passed:
        return False
    is_first = one.first_company_response_at is None
    return _say(one, passed[-1], since=since, due=due, is_first=is_first, then=_tell)


def _say(
    conversation: Conversation,
    kind: SlaEvent.Kind,
    *,
    since: datetime,
    due: datetime,
    is_first: bool,
    then: Callable[[SlaEvent], None] | None = None,
) -> bool:
    """Log it, unless this message's clock has said it before; then act on it.

    A holding reply ends the first target and leaves the message waiting for the next: who was warned is warned enough.
    """
    before = SlaEvent.objects.filter(conversation=conversation, waiting_since=since, kind=kind)
    target = Target.FIRST if is_first else Target.NEXT
    if (before if kind in WARNINGS else before.filter(target=target)).exists():
        return False
    policy = conversation.sla_policy
    event = SlaEvent.objects.create(
        conversation=conversation,
        target=target,
        kind=kind,
        waiting_since=since,
        due_at=due,
        policy=policy.name if policy else "",
    )
    if then:
        then(event)
    return True


def _tell(event: SlaEvent) -> None:
    """Whose job it is hears of it, in the bell; rules hear of the first warning."""
    conversation, kind = event.conversation, Kind(event.kind)
    if kind == Kind.WARNED:
        key = f"clock:{event.pk}"
        transaction.on_commit(lambda: async_task("staff.tasks.run_rules", conversation.pk, "clock_warned", key))
    whose = conversation.assigned_to or conversation.holder(timezone.now())
    if whose:
        tell_of(
            member=whose,
            kind=Notification.Kind.CLOCK,
            address=f"{conversation.get_absolute_url()}#clock-{event.kind}",
            subject=conversation.subject,
            actor=None,
            happened_at=event.at,
            by_mail=False,
        )
