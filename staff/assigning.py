"""Assigning: whose job a conversation is, for days; a claim is who works on it just now."""

from django.db import transaction
from django.utils import timezone

from community.members.models import Member
from community.notifications.models import Notification
from community.notifications.telling import tell_of
from staff.history import log
from staff.locking import lock_row
from staff.models import Conversation
from staff.permissions import Refused, can_work_on


@transaction.atomic
def assign(*, by: Member, conversation: Conversation, to: Member) -> bool:
    """Give it to `to`, oneself included; a colleague is told. False if `to` has it already.

    Raises Refused if `to` can't work on it, PermissionDenied if `by` can't.
    """
    current = lock_row(by=by, conversation=conversation)
    if not can_work_on(to, current):
        raise Refused(f"{to.name} can't work on this conversation. Choose another colleague.")
    if current.assigned_to_id == to.pk:
        return False
    _give(conversation, to)
    log(conversation, "Took it on" if to == by else f"Assigned it to {to.name}", by=by)
    tell_of(
        member=to,
        kind=Notification.Kind.ASSIGNED,
        address=current.get_absolute_url(),
        subject=current.subject,
        actor=by,
        happened_at=timezone.now(),
    )
    return True


@transaction.atomic
def unassign(*, by: Member, conversation: Conversation) -> bool:
    """Make it nobody's job again. False if it was nobody's."""
    current = lock_row(by=by, conversation=conversation)
    if current.assigned_to is None:
        return False
    whose = current.assigned_to
    _give(conversation, None)
    log(conversation, "Gave it back to everybody" if whose == by else f"Took it off {whose.name}", by=by)
    return True


def _give(conversation: Conversation, to: Member | None) -> None:
    conversation.assigned_to = to
    conversation.save(update_fields=["assigned_to"])
