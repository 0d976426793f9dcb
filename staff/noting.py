"""Internal notes: for colleagues only, never public and never a reply."""

from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from community.members.models import Member
from staff.models import Conversation, Note
from staff.permissions import require_can_work_on

DOUBLE_CLICK = timedelta(minutes=1)


@transaction.atomic
def add_note(*, by: Member, conversation: Conversation, body: str) -> Note:
    """Write a note. The same words by the same person within a minute are the same note."""
    require_can_work_on(by, Conversation.objects.select_for_update().get(pk=conversation.pk))
    since = timezone.now() - DOUBLE_CLICK
    twin = conversation.notes.filter(author=by, body=body, created_at__gt=since).first()
    return twin or Note.objects.create(conversation=conversation, author=by, body=body)
