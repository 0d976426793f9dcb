"""Who may do what at the desk. Pages ask the `can_…` claims; verbs call `require_…`, which raise with a sentence."""

from typing import Any

from community.members.models import Member
from community.threads.models import Post
from community.threads.permissions import require
from staff.models import Conversation, Message


class Refused(Exception):  # noqa: N818 - reads as a word: raise Refused(…)
    """What can't be done just now, in a sentence for the person. The page says it and changes nothing."""


class AskFirst(Refused):
    """It can be done, but the person should know something before: the page asks, and keeps the text."""


def can_work_on(member: Any, conversation: Conversation) -> bool:
    return bool(getattr(member, "is_responder", False)) and conversation.customer_id != member.pk


def require_can_work_on(by: Member, conversation: Conversation) -> None:
    require(by.is_responder, "Only the company's staff work on conversations.")
    require(
        conversation.customer_id != by.pk, "You started this conversation as a customer, so a colleague answers it."
    )


def can_judge(member: Any, post: Post) -> bool:
    """Staff judge what a reply did; nobody judges what they asked themselves, and an opening is no reply."""
    return (
        bool(getattr(member, "is_responder", False)) and not post.is_opening and post.author_id != post.thread.author_id
    )


def require_can_judge(by: Member, post: Post) -> None:
    require(by.is_responder, "Only the company's staff record outcomes.")
    require(can_judge(by, post), "Only a reply by somebody else than the asker has an outcome.")


def can_judge_message(member: Any, message: Message) -> bool:
    """The same for what we wrote to a customer alone, or elsewhere, once it has reached them."""
    return message.is_official and message.posted_at is not None and can_work_on(member, message.conversation)


def require_can_judge_message(by: Member, message: Message) -> None:
    require(by.is_responder, "Only the company's staff record outcomes.")
    require(can_judge_message(by, message), "Only what the company wrote, and the customer has, has an outcome.")
