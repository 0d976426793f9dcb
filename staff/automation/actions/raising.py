"""Raising the priority: the queue shows it further up."""

from typing import Any

from staff.automation.actions.doing import Done
from staff.models import Conversation
from staff.triage.running import look_at


class Raise:
    can_repeat = True

    def says(self, parameters: dict[str, Any]) -> str:
        return f"raise its priority by {parameters['points']}"

    def check(self, parameters: dict[str, Any]) -> None:
        """Nothing that could be gone."""

    def would(self, conversation: Conversation, parameters: dict[str, Any]) -> str:
        return f"Raise its priority by {parameters['points']}"

    def do(self, conversation: Conversation, parameters: dict[str, Any], rule: str) -> Done:
        points = parameters["points"]
        _add(conversation, points)
        return Done(f"Raised its priority by {points}", {"points": points})

    def undo(self, conversation: Conversation, undo_data: dict[str, Any]) -> str:
        if not conversation.extra_priority:
            return "Its priority has been lowered already."
        _add(conversation, -undo_data["points"])
        return ""


def _add(conversation: Conversation, points: int) -> None:
    conversation.extra_priority = max(0, conversation.extra_priority + points)
    conversation.save(update_fields=["extra_priority"])
    look_at(conversation)
