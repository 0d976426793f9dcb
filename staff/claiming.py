"""Claims: who has a conversation right now, so that two people never answer the same customer. A claim expires."""

from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone

from community.members.models import Member
from staff.history import log
from staff.locking import lock_row
from staff.models import Conversation, DeskSettings
from staff.permissions import Refused

JUST_NOW = timedelta(minutes=2)


@transaction.atomic
def claim(*, by: Member, conversation: Conversation, now: datetime | None = None) -> bool:
    """Take it for ten minutes (a setting), or renew one's own claim. False if `by` had it already.

    Raises Refused while a colleague has it, PermissionDenied for the customer who started it.
    """
    now = now or timezone.now()
    current = lock_row(by=by, conversation=conversation)
    holder = current.holder(now)
    if holder is not None and holder != by:
        raise Refused(f"{holder.name} has this conversation. You can take it over.")
    _hold(conversation, by, now)
    if holder is None:
        log(conversation, "Claimed it", by=by, at=now)
    return holder is None


def renew(*, by: Member, conversation: Conversation, now: datetime | None = None) -> bool:
    """`by` is writing: keep the claim alive, and take the conversation if nobody has it. False if a colleague has."""
    try:
        claim(by=by, conversation=conversation, now=now)
    except Refused:
        return False
    return True


@transaction.atomic
def take_over(*, by: Member, conversation: Conversation, now: datetime | None = None) -> bool:
    """Take it from a colleague, openly: both see it in the history. False if `by` had it already."""
    now = now or timezone.now()
    holder = lock_row(by=by, conversation=conversation).holder(now)
    if holder == by:
        return False
    _hold(conversation, by, now)
    log(conversation, f"Took it over from {holder.name}" if holder else "Claimed it", by=by, at=now)
    return True


@transaction.atomic
def release(*, by: Member, conversation: Conversation, now: datetime | None = None) -> bool:
    """Give one's claim back. False if `by` does not have it."""
    now = now or timezone.now()
    if lock_row(by=by, conversation=conversation).holder(now) != by:
        return False
    let_go(conversation)
    log(conversation, "Released it", by=by, at=now)
    return True


def is_answering(conversation: Conversation, now: datetime) -> bool:
    """Did the holder claim it, or write, within the last two minutes?"""
    until = conversation.claimed_until
    if conversation.claimed_by_id is None or until is None or until <= now:
        return False
    return until - timedelta(minutes=DeskSettings.current().claim_minutes) > now - JUST_NOW


def let_go(conversation: Conversation) -> None:
    """End any claim, because the work is done."""
    conversation.claimed_by, conversation.claimed_until = None, None
    conversation.save(update_fields=["claimed_by", "claimed_until"])


def _hold(conversation: Conversation, by: Member, now: datetime) -> None:
    conversation.claimed_by = by
    conversation.claimed_until = now + timedelta(minutes=DeskSettings.current().claim_minutes)
    conversation.save(update_fields=["claimed_by", "claimed_until"])
