"""What the reply form offers to start from."""

from dataclasses import dataclass
from typing import Any

from staff.drafts.saved_replies import fill_in
from staff.models import Conversation, SavedReply, Suggestion
from staff.suggesting.keeping import fresh


@dataclass(frozen=True)
class Offered:
    """A suggestion, with its text as it would be put into the reply."""

    suggestion: Suggestion
    draft: str


def drafts_for(conversation: Conversation) -> dict[str, Any]:
    """Four queries."""
    return {
        "suggestions": [Offered(one, fill_in(one.body, conversation)) for one in fresh(conversation)],
        "saved_replies": SavedReply.objects.only("pk", "title", "category"),
    }
