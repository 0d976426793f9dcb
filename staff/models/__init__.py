"""The company's side: one module per subject, one import for the rest of the desk."""

from staff.models.asking import HelpQuestion
from staff.models.automation import Rule, RuleAction, RuleChange
from staff.models.clocks import Holiday, OpenRange, SlaEvent, SlaPolicy, Weekday
from staff.models.conversation import Conversation, ConversationType, Event, Note, Reason
from staff.models.drafts import CompanyLink, SavedReply, SavedView, Suggestion
from staff.models.former import FormerCustomer, Leaving
from staff.models.goodwill import Campaign, Coupon
from staff.models.listening import Mention, Source, Tone
from staff.models.message import Message, Publication
from staff.models.reply import Effect, Evidence, HelpfulLink, LinkOpening, Outcome, Reply
from staff.models.settings import DeskSettings
from staff.models.tone import ReviewTone

__all__ = [
    "Campaign",
    "CompanyLink",
    "Conversation",
    "ConversationType",
    "Coupon",
    "DeskSettings",
    "Effect",
    "Event",
    "Evidence",
    "FormerCustomer",
    "HelpQuestion",
    "HelpfulLink",
    "Holiday",
    "Leaving",
    "LinkOpening",
    "Mention",
    "Message",
    "Note",
    "OpenRange",
    "Outcome",
    "Publication",
    "Reason",
    "Reply",
    "ReviewTone",
    "Rule",
    "RuleAction",
    "RuleChange",
    "SavedReply",
    "SavedView",
    "SlaEvent",
    "SlaPolicy",
    "Source",
    "Suggestion",
    "Tone",
    "Weekday",
]
