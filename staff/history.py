"""The one way a line gets into a conversation's history."""

from datetime import datetime

from django.utils import timezone

from community.members.models import Member
from staff.models import Conversation, Event


def log(conversation: Conversation, what: str, *, by: Member, at: datetime | None = None) -> None:
    log_event(conversation, what, by_pk=by.pk, at=at or timezone.now())


def log_event(conversation: Conversation, what: str, *, by_pk: int | None, at: datetime) -> None:
    """`by_pk` is None where the desk's rules acted."""
    Event.objects.create(conversation=conversation, actor_id=by_pk, what=what[:200], at=at)
