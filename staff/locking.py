"""Holding a conversation's own row for one act. What triage writes needs more: staff.triage.running.lock."""

from community.members.models import Member
from staff.models import Conversation
from staff.permissions import require_can_work_on


def lock_row(*, by: Member, conversation: Conversation) -> Conversation:
    """The row as it stands, held until the transaction ends. Raises PermissionDenied where `by` may not work on it."""
    current = Conversation.objects.select_for_update().get(pk=conversation.pk)
    require_can_work_on(by, current)
    return current
