"""How a conversation stands against its clock, for a row and its page."""

from datetime import datetime, timedelta

from staff.models import Conversation

WARN_AT_SHARE, WARN_BEFORE = 0.75, timedelta(minutes=15)


def soon_at(conversation: Conversation) -> datetime | None:
    """From when on it is pressing: three quarters of its time gone, or 15 minutes left, whichever comes first."""
    due, since = conversation.due_at, conversation.waiting_since
    if due is None or since is None:
        return None
    return min(due - WARN_BEFORE, conversation.warn_at or since + WARN_AT_SHARE * (due - since))


def clock_of(conversation: Conversation, now: datetime) -> str:
    """late, soon (see above), ok, paused (we wait for the customer's details) or none."""
    soon = soon_at(conversation)
    if soon is None or conversation.due_at is None:
        return "none"
    if conversation.clock_paused_at:
        return "paused"
    if conversation.due_at <= now:
        return "late"
    return "soon" if soon <= now else "ok"
