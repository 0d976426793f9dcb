"""Makes the desk agree with a thread: raises reasons, settles those that no longer stand, opens conversations.

What it writes follows from posts, flags and decisions alone, so that running it again changes nothing.
"""

from dataclasses import replace
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from community.threads.models import Post, Thread
from staff.history import log_event
from staff.hours import target_minutes
from staff.models import Conversation, DeskSettings, Reason, Reply
from staff.triage.case import Case, Escalation, Finding
from staff.triage.detecting import findings, waiting_since
from staff.triage.reading import read_case
from staff.triage.settling import why_settled
from staff.triage.types import suggest

State = Conversation.State


@transaction.atomic
def triage(thread_id: int, *, now: datetime | None = None, escalation: Escalation | None = None) -> Conversation | None:
    """Bring the desk up to date with one thread, and return its conversation, if it has one.

    `escalation` is a colleague's new call. Twelve queries when nothing changed. Raises Thread.DoesNotExist.
    """
    now = now or timezone.now()
    thread = lock_thread(thread_id)
    conversation = Conversation.objects.filter(thread=thread).first()
    case = read_case(thread, conversation, now)
    if escalation:
        case = replace(case, escalation=escalation)
    found = findings(case) if case.posts else []
    if conversation is None:
        if not found and not any(said.is_official for said in case.posts):
            return None
        conversation = _open(thread, case)
    conversation.thread = thread
    _adopt_replies(conversation, case)
    raised = _raise(conversation, found, now)
    _settle(conversation, case, found, now)
    _follow(conversation, case, found, raised)
    return conversation


def lock_thread(thread_id: int) -> Thread:
    """The thread, locked until the transaction ends: two tasks or agents never work on one at the same time.

    What belongs to it is read after the lock: PostgreSQL would join it as it stood before the wait.
    """
    Thread.objects.select_for_update().get(pk=thread_id)
    return Thread.objects.select_related("author", "question__category", "review").get(pk=thread_id)


def _open(thread: Thread, case: Case) -> Conversation:
    suggestion = suggest(case)
    return Conversation.objects.create(
        thread=thread,
        customer_id=thread.author_id,
        state=State.SETTLED,
        type_suggested=suggestion.type,
        type_suggested_because=suggestion.because[:200],
        opened_at=case.now,
        asked_at=case.opening.at,
    )


def _adopt_replies(conversation: Conversation, case: Case) -> None:
    """Official posts written on the public page, or imported, are replies too."""
    posts = Post.objects.official().filter(thread=conversation.thread_id, reply=None).only("pk")
    Reply.objects.bulk_create(
        Reply(
            post=post,
            conversation=conversation,
            type=conversation.type,
            waited_since=conversation.waiting_since,
            stars_then=case.stars,
        )
        for post in posts
    )


def _raise(conversation: Conversation, found: list[Finding], now: datetime) -> list[Finding]:
    """Write the findings down as reasons. Returns those that did not stand before."""
    rows = {(reason.kind, reason.post_id): reason for reason in conversation.reasons.all()}
    raised = []
    for finding in found:
        reason = rows.get((finding.kind, finding.post)) or Reason(
            conversation=conversation, kind=finding.kind, post_id=finding.post, settled_at=now
        )
        values = {"evidence": finding.evidence, "weight": finding.weight, "rule": finding.rule[:200]}
        if reason.settled_at:
            values |= {"settled_at": None, "settled_because": "", "raised_at": now, "raised_by_id": finding.by_pk}
            raised.append(finding)
            log_event(conversation, f"Needs a reply: {reason.get_kind_display()}", by_pk=finding.by_pk, at=now)
        _set_fields(reason, values)
    return raised


def _settle(conversation: Conversation, case: Case, found: list[Finding], now: datetime) -> None:
    stands = {(finding.kind, finding.post) for finding in found}
    for reason in conversation.reasons.standing():
        if (reason.kind, reason.post_id) not in stands:
            because = why_settled(reason, case)
            _set_fields(reason, {"settled_at": now, "settled_because": because})
            log_event(conversation, f"Settled: {reason.get_kind_display()}. {because}", by_pk=None, at=now)


def _follow(conversation: Conversation, case: Case, found: list[Finding], raised: list[Finding]) -> None:
    """Set what the queue shows from the reasons that stand."""
    is_new = conversation.state == State.SETTLED and case.first_response_at is None
    values: dict[str, Any] = {
        "state": State.WAITING if found else _state_at_rest(conversation, case),
        "is_readable": bool(case.posts),
        "subject": conversation.thread.title,
        "customer_name": conversation.thread.author.name,
        "product_id": conversation.thread.product_id,
        "waiting_since": waiting_since(case, found),
        "priority": sum(finding.weight for finding in found),
        "due_at": _due_at(conversation, case, found, raised),
        "first_company_response_at": case.first_response_at,
    }
    if found and is_new:
        values |= {"asked_at": values["waiting_since"], "first_due_at": values["due_at"]}
    if found and conversation.closed_at:
        values |= {"closed_at": None, "closed_by": None, "closed_because": ""}
    if not conversation.type_confirmed_by_id and case.posts:
        suggestion = suggest(case)
        values |= {"type_suggested": suggestion.type, "type_suggested_because": suggestion.because[:200]}
    _set_fields(conversation, values)


def _state_at_rest(conversation: Conversation, case: Case) -> str:
    """Without a reason: as a person left it; else with the customer once we have replied, else settled without us."""
    if conversation.state in (State.NO_REPLY_NEEDED, State.CLOSED):
        return conversation.state
    return State.ANSWERED if case.replied_at else State.SETTLED


def _due_at(conversation: Conversation, case: Case, found: list[Finding], raised: list[Finding]) -> datetime | None:
    """Frozen when the clock starts; a new, more pressing reason may bring it forward, nothing puts it off."""
    if not found:
        return None
    desk = DeskSettings.current()
    frozen = [conversation.due_at] if conversation.needs_reply and conversation.due_at else []
    starting = raised if frozen else found
    return min(frozen + [case.hours.add(finding.at, target_minutes(desk, finding.kind)) for finding in starting])


def _set_fields(row: Any, values: dict[str, Any]) -> bool:
    """Write only what differs; nothing at all when nothing does."""
    changed = [name for name, value in values.items() if getattr(row, name) != value]
    for name in changed:
        setattr(row, name, values[name])
    if row.pk is None:
        row.save()
    elif changed:
        row.save(update_fields=changed)
    return bool(changed)
