"""How a conversation ends: a person says that no reply is needed, or closes it. Both can be undone."""

from django.db import transaction
from django.utils import timezone

from community.members.models import Member
from community.moderation.settling import answer_calls
from community.threads.permissions import require
from staff.claiming import let_go
from staff.escalating import call_of
from staff.history import log
from staff.models import Conversation
from staff.permissions import Refused, require_can_work_on
from staff.reading import unseen_messages
from staff.triage.running import lock_thread, triage

State = Conversation.State


@transaction.atomic
def no_reply_needed(*, by: Member, conversation: Conversation, because: str, seen_post: int | None = None) -> bool:
    """Take a waiting conversation out of the queue without a reply. False if nothing waits.

    `seen_post` is the last post that `by` had on the page: Refused if the customer has written since.
    """
    require(bool(because.strip()), "Say why no reply is needed.")
    current = _lock(by, conversation, seen_post)
    if current is None or not current.needs_reply:
        return False
    _end(by, conversation, State.NO_REPLY_NEEDED, because)
    log(conversation, f"No reply needed: {because.strip()}", by=by)
    return True


@transaction.atomic
def close(*, by: Member, conversation: Conversation, because: str = "", seen_post: int | None = None) -> bool:
    """Close what has been dealt with. False if it is closed. Raises Refused while the customer waits for a reply."""
    current = _lock(by, conversation, seen_post)
    if current is None or current.state == State.CLOSED:
        return False
    if current.needs_reply:
        raise Refused("The customer still waits. Reply, or say why no reply is needed.")
    _end(by, conversation, State.CLOSED, because)
    log(conversation, f"Closed it: {because.strip()}" if because.strip() else "Closed it", by=by)
    return True


@transaction.atomic
def reopen(*, by: Member, conversation: Conversation) -> bool:
    """Put an ended conversation back into the queue, for the reasons that still stand, or for `by`'s own.

    False if it waits already.
    """
    current = _lock(by, conversation, None)
    if current is None or current.needs_reply:
        return False
    current.state, current.dismissed_until = State.SETTLED, None
    current.closed_at, current.closed_by, current.closed_because = None, None, ""
    current.save(update_fields=["state", "dismissed_until", "closed_at", "closed_by", "closed_because"])
    log(current, "Reopened it", by=by)
    current = triage(current.thread_id)
    if current is not None and not current.needs_reply:
        triage(current.thread_id, escalation=call_of(by, current.thread, "Reopened"))
    conversation.refresh_from_db()
    return True


def _lock(by: Member, conversation: Conversation, seen_post: int | None) -> Conversation | None:
    """The conversation brought up to date and locked."""
    lock_thread(conversation.thread_id)
    current = triage(conversation.thread_id)
    if current is not None:
        require_can_work_on(by, current)
        if unseen_messages(current, seen_post):
            raise Refused(f"{current.customer.name} has written again since you opened this page. Read that first.")
    return current


def _end(by: Member, conversation: Conversation, state: str, because: str) -> None:
    now = timezone.now()
    Conversation.objects.filter(pk=conversation.pk).update(
        state=state, dismissed_until=now, closed_at=now, closed_by=by, closed_because=because.strip()[:200]
    )
    answer_calls(thread_id=conversation.thread_id)
    let_go(conversation)
    triage(conversation.thread_id)
    conversation.refresh_from_db()
