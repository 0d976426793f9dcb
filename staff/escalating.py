"""Escalating: a colleague says that the company should reply in a thread, whatever the rules say."""

from django.db import transaction
from django.utils import timezone

from community.members.models import Member
from community.threads.models import Post, Thread
from community.threads.permissions import require
from staff.models import Conversation, Reason
from staff.triage.case import Escalation
from staff.triage.running import lock_thread, look_at, triage


@transaction.atomic
def escalate(*, by: Member, thread: Thread, why: str = "") -> bool:
    """Put `thread` into the queue. False if a colleague's call stands already. Raises PermissionDenied."""
    require(by.is_responder, "Only the company's staff can escalate. You can report a post as needing the company.")
    require(thread.is_published, "Nobody can read this thread, so there is nothing to reply to.")
    lock_thread(thread.pk)
    if _standing_call(thread):
        return False
    triage(thread.pk, escalation=call_of(by, thread, why))
    return True


def keep_promise(*, by: Member, conversation: Conversation) -> None:
    """After a holding reply: the customer waits on for what it promised, also where nothing else makes us reply."""
    if conversation.thread is not None and not conversation.needs_reply:
        look_at(conversation, escalation=call_of(by, conversation.thread, "Promised to come back"))


def call_of(by: Member, thread: Thread | None, why: str) -> Escalation:
    """`thread` is None for what began elsewhere."""
    opening = thread.posts.get(kind=Post.Kind.OPENING).pk if thread else None
    return Escalation(opening, by.name, why.strip()[:300], timezone.now(), by.pk)


def _standing_call(thread: Thread) -> bool:
    conversation = Conversation.objects.filter(thread=thread).first()
    return bool(conversation and conversation.reasons.standing().filter(kind=Reason.Kind.ESCALATED).exists())
