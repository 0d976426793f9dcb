"""The one way a line gets into a conversation's history."""

from datetime import datetime

from django.utils import timezone

from community.members.models import Member
from staff.models import Conversation, Event


def log(conversation: Conversation, what: str, *, by: Member | None = None, at: datetime | None = None) -> None:
    """`by` is empty where the desk's rules acted."""
    Event.objects.create(conversation=conversation, actor=by, what=what[:200], at=at or timezone.now())
