"""The company's side: one module per subject, one import for the rest of the desk."""

from staff.models.conversation import Conversation, ConversationType, Event, Note, Reason
from staff.models.reply import Effect, Evidence, HelpfulLink, LinkOpening, Outcome, Reply
from staff.models.settings import DeskSettings

__all__ = [
    "Conversation",
    "ConversationType",
    "DeskSettings",
    "Effect",
    "Event",
    "Evidence",
    "HelpfulLink",
    "LinkOpening",
    "Note",
    "Outcome",
    "Reason",
    "Reply",
]
