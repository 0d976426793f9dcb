"""What happened in a conversation is put to the rules that listen for it. Each acts once for the same key."""

from staff.models import Conversation


def consider(conversation: Conversation, event: str, key: str) -> int:
    """Let the rules that are on act upon `event` (Rule.Event). Returns how many acted.

    `key` names what set it off, the same each time: “opened”, “post:12” or “message:3” (a customer wrote),
    “<kind of reason>:<post or message or 0>:<raised_at>”, “clock:9” (an SlaEvent), “closed:<closed_at>”.
    """
    return 0
