"""Snoozing: putting a conversation off until a moment. It comes back then, or as soon as the customer writes."""

from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.formats import date_format

from community.members.models import Member
from staff.claiming import let_go
from staff.history import log, log_event
from staff.locking import lock_row
from staff.models import Conversation
from staff.permissions import Refused

LONGEST, AT_ONCE = timedelta(days=90), 500
SNOOZED = "Snoozed it until"
"""So begins its line in the history; triage finds by it since when it sleeps."""
OVER = "The snooze is over"


@transaction.atomic
def snooze(*, by: Member, conversation: Conversation, until: datetime) -> bool:
    """Keep it out of the waiting views until `until`; its due time stays. False if it is put off until then already.

    Ends `by`'s claim. Raises Refused for a moment that is past or more than 90 days away, for a conversation that has
    ended, and while a colleague has it.
    """
    now = timezone.now()
    current = lock_row(by=by, conversation=conversation)
    _require_can_wait(current, by, until, now)
    if current.snoozed_until == until:
        return False
    conversation.snoozed_until, conversation.snoozed_by = until, by
    conversation.save(update_fields=["snoozed_until", "snoozed_by"])
    if current.claimed_by_id:
        let_go(conversation)
    log(conversation, f"{SNOOZED} {date_format(timezone.localtime(until), 'j F Y, H:i')}", by=by, at=now)
    return True


@transaction.atomic
def wake(*, by: Member, conversation: Conversation) -> bool:
    """Put it back at once. False if it is not snoozed."""
    if lock_row(by=by, conversation=conversation).snoozed_until is None:
        return False
    conversation.snoozed_until, conversation.snoozed_by = None, None
    conversation.save(update_fields=["snoozed_until", "snoozed_by"])
    log(conversation, "Woke it up", by=by)
    return True


def wake_due(now: datetime | None = None) -> int:
    """Bring back what was put off until now, at most 500 at once. Returns how many came back."""
    now = now or timezone.now()
    due = Conversation.objects.filter(snoozed_until__lte=now).order_by("snoozed_until").values_list("pk", flat=True)
    return sum(_come_back(pk, now) for pk in due[:AT_ONCE])


@transaction.atomic
def _come_back(pk: int, now: datetime) -> bool:
    conversation = Conversation.objects.select_for_update().filter(pk=pk, snoozed_until__lte=now).first()
    if conversation is None:
        return False
    conversation.snoozed_until, conversation.snoozed_by = None, None
    conversation.save(update_fields=["snoozed_until", "snoozed_by"])
    log_event(conversation, OVER, by_pk=None, at=now)
    return True


def _require_can_wait(current: Conversation, by: Member, until: datetime, now: datetime) -> None:
    holder = current.holder(now)
    if holder is not None and holder != by:
        raise Refused(f"{holder.name} has this conversation. You can take it over.")
    if current.state in Conversation.ENDED:
        raise Refused("This conversation has ended, so there is nothing to put off.")
    if until <= now:
        raise Refused("That moment is past. Choose a later one.")
    if until > now + LONGEST:
        raise Refused(f"Choose a day within the next {LONGEST.days} days.")
