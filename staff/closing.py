"""How a conversation ends: a person says that no reply is needed, or closes it. Both can be undone."""

from functools import partial

from django.db import transaction
from django.utils import timezone
from django_q.tasks import async_task

from community.members.models import Member
from community.moderation.settling import answer_calls
from community.threads import pausing
from community.threads.models import Post
from community.threads.permissions import require
from staff.claiming import let_go
from staff.escalating import call_of
from staff.history import log
from staff.models import Conversation, Message
from staff.outcomes.recording import record
from staff.permissions import Refused, require_can_work_on
from staff.reading import has_written_since, last_company_word, name_of_customer
from staff.triage.running import look_at

State = Conversation.State


@transaction.atomic
def no_reply_needed(
    *,
    by: Member,
    conversation: Conversation,
    because: str,
    seen_post: int | None = None,
    seen_message: int | None = None,
) -> bool:
    """Take a waiting conversation out of the queue without a reply. False if nothing waits.

    `seen_post` and `seen_message` are the last ones that `by` had on the page: Refused if the customer has written
    since.
    """
    require(bool(because.strip()), "Say why no reply is needed.")
    current = _lock(by, conversation, seen_post, seen_message)
    if not current.needs_reply:
        return False
    _end(by, conversation, State.NO_REPLY_NEEDED, because)
    log(conversation, f"No reply needed: {because.strip()}", by=by)
    return True


@transaction.atomic
def close(
    *,
    by: Member,
    conversation: Conversation,
    because: str = "",
    effect: str = "",
    seen_post: int | None = None,
    seen_message: int | None = None,
) -> bool:
    """Close what has been dealt with. False if it is closed. Raises Refused while the customer waits for a reply.

    `effect` is what our last reply did, as `by` judges it; empty: they can't tell.
    """
    current = _lock(by, conversation, seen_post, seen_message)
    if current.state == State.CLOSED:
        return False
    if current.needs_reply:
        raise Refused("The customer still waits. Reply, or say why no reply is needed.")
    last = last_company_word(current) if effect else None
    if isinstance(last, Post):
        record(by=by, post=last, effect=effect)
    elif isinstance(last, Message):
        record(by=by, message=last, effect=effect)
    _end(by, conversation, State.CLOSED, because)
    log(conversation, f"Closed it: {because.strip()}" if because.strip() else "Closed it", by=by)
    return True


@transaction.atomic
def reopen(*, by: Member, conversation: Conversation) -> bool:
    """Put an ended conversation back into the queue, for the reasons that still stand, or for `by`'s own.

    False if it waits already.
    """
    current = _lock(by, conversation, None, None)
    if current.needs_reply:
        return False
    current.state, current.dismissed_until = State.SETTLED, None
    current.closed_at, current.closed_by, current.closed_because = None, None, ""
    current.save(update_fields=["state", "dismissed_until", "closed_at", "closed_by", "closed_because"])
    log(current, "Reopened it", by=by)
    if not look_at(current).needs_reply:
        look_at(current, escalation=call_of(by, current.thread, "Reopened"))
    conversation.refresh_from_db()
    return True


def _lock(by: Member, conversation: Conversation, seen_post: int | None, seen_message: int | None) -> Conversation:
    """The conversation brought up to date and locked."""
    current = look_at(conversation)
    require_can_work_on(by, current)
    if has_written_since(current, seen_post, seen_message):
        raise Refused(f"{name_of_customer(current)} has written again since you opened this page. Read that first.")
    return current


def _end(by: Member, conversation: Conversation, state: str, because: str) -> None:
    now = timezone.now()
    Conversation.objects.filter(pk=conversation.pk).update(
        state=state, dismissed_until=now, closed_at=now, closed_by=by, closed_because=because.strip()[:200]
    )
    if conversation.thread is not None:
        answer_calls(thread_id=conversation.thread.pk)
        pausing.end_reply_pause(by=by, thread=conversation.thread)
    let_go(conversation)
    look_at(conversation)
    conversation.refresh_from_db()
    key = f"closed:{now.isoformat()}"
    transaction.on_commit(partial(async_task, "staff.tasks.run_rules", conversation.pk, "closed", key))
