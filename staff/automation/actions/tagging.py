"""Adding a tag to the thread."""

from typing import Any

from community.threads.events import announce, thread_changed
from community.threads.models import Tag
from staff.automation.actions.doing import Done, Impossible
from staff.models import Conversation


class AddTag:
    can_repeat = False

    def says(self, parameters: dict[str, Any]) -> str:
        tag = Tag.objects.filter(pk=parameters["tag"]).first()
        return f"add the tag “{tag}”" if tag else "add a tag that is gone"

    def check(self, parameters: dict[str, Any]) -> None:
        _tag(parameters)

    def would(self, conversation: Conversation, parameters: dict[str, Any]) -> str:
        tag = _tag(parameters)
        if conversation.thread is None or conversation.thread.tags.filter(pk=tag.pk).exists():
            return ""
        return f"Add the tag “{tag}”"

    def do(self, conversation: Conversation, parameters: dict[str, Any], rule: str) -> Done:
        tag = _tag(parameters)
        if conversation.thread:
            conversation.thread.tags.add(tag)
            announce(thread_changed, thread_id=conversation.thread.pk)
        return Done(f"Added the tag “{tag}”", {"tag": tag.pk})

    def undo(self, conversation: Conversation, undo_data: dict[str, Any]) -> str:
        thread = conversation.thread
        tag = thread.tags.filter(pk=undo_data["tag"]).first() if thread else None
        if thread is None or tag is None:
            return "Somebody has removed the tag already."
        thread.tags.remove(tag)
        announce(thread_changed, thread_id=thread.pk)
        return ""


def _tag(parameters: dict[str, Any]) -> Tag:
    tag = Tag.objects.filter(pk=parameters["tag"]).first()
    if tag is None:
        raise Impossible("The tag that this rule adds is gone. Choose another.")
    return tag
