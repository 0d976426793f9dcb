"""Giving a conversation that nobody has to a colleague."""

from typing import Any

from django.utils import timezone

from community.members.models import Member
from community.notifications.models import Notification
from community.notifications.telling import tell_of
from staff.automation.actions.doing import Done, Impossible
from staff.models import Conversation
from staff.permissions import can_work_on


class Assign:
    can_repeat = False

    def says(self, parameters: dict[str, Any]) -> str:
        colleague = Member.objects.filter(pk=parameters["colleague"]).first()
        return f"assign it to {colleague}" if colleague else "assign it to somebody who is gone"

    def check(self, parameters: dict[str, Any]) -> None:
        _colleague(parameters)

    def would(self, conversation: Conversation, parameters: dict[str, Any]) -> str:
        """What a person assigned stays theirs, and nobody is given what they asked as a customer."""
        colleague = _colleague(parameters)
        if conversation.assigned_to_id or not can_work_on(colleague, conversation):
            return ""
        return f"Assign it to {colleague}"

    def do(self, conversation: Conversation, parameters: dict[str, Any], rule: str) -> Done:
        colleague = _colleague(parameters)
        _give(conversation, colleague)
        tell_of(
            member=colleague,
            kind=Notification.Kind.ASSIGNED,
            address=conversation.get_absolute_url(),
            subject=conversation.subject,
            actor=None,
            happened_at=timezone.now(),
        )
        return Done(f"Assigned it to {colleague}", {"colleague": colleague.pk})

    def undo(self, conversation: Conversation, undo_data: dict[str, Any]) -> str:
        if conversation.assigned_to_id != undo_data["colleague"]:
            return "Somebody has assigned it anew since."
        _give(conversation, None)
        return ""


def _give(conversation: Conversation, colleague: Member | None) -> None:
    conversation.assigned_to = colleague
    conversation.save(update_fields=["assigned_to"])


def _colleague(parameters: dict[str, Any]) -> Member:
    colleague = Member.objects.filter(pk=parameters["colleague"], is_active=True).first()
    if colleague is None or not colleague.is_responder:
        raise Impossible("The colleague whom this rule assigns to no longer works at the desk. Choose another.")
    return colleague
