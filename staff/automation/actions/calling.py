"""Saying that the company must reply: a Reason, by which the conversation waits in the queue until somebody does."""

from typing import Any

from django.utils import timezone

from staff.automation.actions.doing import Done
from staff.models import Conversation, Reason
from staff.triage.running import look_at

TAKEN_BACK = "A colleague took back what the rule had done."


class Call:
    can_repeat = False

    def says(self, parameters: dict[str, Any]) -> str:
        return f"say that we must reply: “{parameters['why']}”"

    def check(self, parameters: dict[str, Any]) -> None:
        """Nothing that could be gone."""

    def would(self, conversation: Conversation, parameters: dict[str, Any]) -> str:
        return "" if _call(conversation).exists() else f"Say that we must reply: “{parameters['why']}”"

    def do(self, conversation: Conversation, parameters: dict[str, Any], rule: str) -> Done:
        why, weight = parameters["why"], parameters["points"]
        reason, _ = Reason.objects.update_or_create(
            conversation=conversation,
            kind=Reason.Kind.RULE,
            post=None,
            message=None,
            defaults={
                "evidence": why[:300],
                "rule": f"The rule “{rule}” says so."[:200],
                "weight": weight,
                "raised_at": timezone.now(),
                "settled_at": None,
                "settled_because": "",
            },
        )
        look_at(conversation)
        return Done(f"Said that we must reply: “{why}”", {"reason": reason.pk})

    def undo(self, conversation: Conversation, undo_data: dict[str, Any]) -> str:
        settled = {"settled_at": timezone.now(), "settled_because": TAKEN_BACK}
        if not _call(conversation).filter(pk=undo_data["reason"]).update(**settled):
            return "It was settled already."
        look_at(conversation)
        return ""


def _call(conversation: Conversation) -> Any:
    return conversation.reasons.standing().filter(kind=Reason.Kind.RULE)
