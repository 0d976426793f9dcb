"""Putting a saved reply before the agent as a draft with its source. A person reads it, changes it and sends it."""

from typing import Any

from django.utils import timezone

from staff.automation.actions.doing import Done, Impossible
from staff.models import Conversation, SavedReply
from staff.suggesting.keeping import suggest_saved_reply


class Suggest:
    can_repeat = False

    def says(self, parameters: dict[str, Any]) -> str:
        saved = SavedReply.objects.filter(pk=parameters["saved_reply"]).first()
        return f"suggest the saved reply “{saved}”" if saved else "suggest a saved reply that is gone"

    def check(self, parameters: dict[str, Any]) -> None:
        _saved(parameters)

    def would(self, conversation: Conversation, parameters: dict[str, Any]) -> str:
        saved = _saved(parameters)
        standing = conversation.suggestions.filter(saved_reply=saved, stale_at=None, used_at=None)
        return "" if standing.exists() else f"Suggest the saved reply “{saved}”"

    def do(self, conversation: Conversation, parameters: dict[str, Any], rule: str) -> Done:
        saved = _saved(parameters)
        suggestion = suggest_saved_reply(conversation, saved, rule=rule)
        return Done(f"Suggested the saved reply “{saved}”", {"suggestion": suggestion.pk})

    def undo(self, conversation: Conversation, undo_data: dict[str, Any]) -> str:
        standing = conversation.suggestions.filter(pk=undo_data["suggestion"], stale_at=None, used_at=None)
        return "" if standing.update(stale_at=timezone.now()) else "It was used or dropped already."


def _saved(parameters: dict[str, Any]) -> SavedReply:
    saved = SavedReply.objects.filter(pk=parameters["saved_reply"]).first()
    if saved is None:
        raise Impossible("The saved reply that this rule suggests is gone. Choose another.")
    return saved
