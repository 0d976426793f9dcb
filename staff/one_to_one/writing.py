"""Moving a conversation to one-to-one: the first message to the customer alone, and a word about it in the thread.

The word in the thread is a comment by the company: everybody sees that the customer was not left alone, and it counts
as our first response. It is a holding reply, because it helps nobody with the matter: what answers the customer, and
ends their wait, is the message itself.
"""

from datetime import datetime
from typing import Any
from uuid import NAMESPACE_URL, UUID, uuid5

from django.core.exceptions import ValidationError
from django.db import transaction
from django.urls import reverse

from community.members.models import Member
from community.threads.models import Post, Thread
from community.threads.permissions import can_comment
from community.threads.posting import add_comment
from staff.drafts.drafting import note_used
from staff.history import log
from staff.models import Conversation, Message, Reply
from staff.one_to_one import messaging
from staff.triage.running import lock


def note_for(conversation: Conversation) -> str:
    """What the thread is told, unless the agent words it otherwise."""
    name = conversation.customer.name if conversation.customer else conversation.customer_name
    page = reverse("messages")
    return f"{name}, we have written to you alone about this: by mail, and among [your messages]({page})."


def takes_note(conversation: Conversation, by: Member) -> bool:
    """Is there a thread that everybody can read, which has not been told yet?"""
    return _opening(conversation, by) is not None and not messaging.is_one_to_one(conversation)


@transaction.atomic
def write_alone(
    *,
    by: Member,
    conversation: Conversation,
    body: str,
    type: str = "",  # noqa: A002 - the desk says type
    note: str = "",
    is_holding: bool = False,
    submission_key: UUID | None = None,
    seen: datetime | None = None,
    confirm_second: bool = False,
    drafts: str = "",
    **link: str,
) -> Message:
    """Write to the customer alone; the first time, leave `note` in the thread, if it takes one. Raises as `say`.

    `drafts` names the saved replies that it was made from, as staff.drafts.drafting writes them.
    """
    current = lock(conversation)
    made = messaging.made_by(by, submission_key)
    if made is not None:
        return made
    opening = _opening(current, by) if takes_note(current, by) else None
    told = _tell_thread(by, current, opening, note, type, submission_key) if opening is not None else None
    sent = messaging.say(
        by=by,
        conversation=current,
        body=body,
        place=Message.Place.PRIVATE,
        type=type,
        is_holding=is_holding,
        submission_key=submission_key,
        seen=seen,
        confirm_second=confirm_second,
        **link,
    )
    note_used(by=by, conversation=current, drafts=drafts, sent=sent.body)
    if told is not None:
        log(current, "Said in the thread that we have written", by=by, at=told.created_at)
    return sent


def _opening(conversation: Conversation, by: Member) -> Post | None:
    opening = Post.objects.filter(thread=conversation.thread_id, kind=Post.Kind.OPENING).select_related("thread")
    found = opening.first() if conversation.thread_id else None
    return found if found is not None and can_comment(by, found) else None


def _tell_thread(
    by: Member, conversation: Conversation, opening: Post, note: str, type_: str, key: UUID | None
) -> Post:
    """Post the note, marked as holding before triage can take it for the answer."""
    if not note.strip():
        raise ValidationError("Say in the thread that you have written: else it looks as if nobody cares.")
    own_key = uuid5(NAMESPACE_URL, f"note:{by.pk}:{key}") if key else None
    told = add_comment(by=by, parent=opening, body=note, is_official=True, submission_key=own_key)
    Reply.objects.update_or_create(post=told, defaults=_circumstances(conversation, opening.thread, type_))
    return told


def _circumstances(conversation: Conversation, thread: Thread, type_: str) -> dict[str, Any]:
    return {
        "conversation": conversation,
        "type": type_ or conversation.type,
        "is_holding": True,
        "waited_since": conversation.waiting_since,
        "stars_then": thread.review.stars if thread.kind == Thread.Kind.REVIEW else None,
    }
