"""Makes the desk agree with what was said: raises reasons, settles those that no longer stand, opens conversations.

What it writes follows from posts, messages, flags and decisions alone, so that running it again changes nothing.
"""

from dataclasses import replace
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from community.threads.models import Post, Thread
from staff.clocks.clocking import Look, follow_clock
from staff.clocks.ringing import Was, note_clock
from staff.history import log_event
from staff.models import Conversation, Reason, Reply
from staff.snoozing import OVER, SNOOZED
from staff.triage.after import AFTER
from staff.triage.case import Case, Escalation, Finding
from staff.triage.detecting import findings, must_reply, waiting_since
from staff.triage.reading import Origin, read_case
from staff.triage.settling import why_settled
from staff.triage.types import suggest

State = Conversation.State


@transaction.atomic
def triage(thread_id: int, *, now: datetime | None = None, escalation: Escalation | None = None) -> Conversation | None:
    """Bring the desk up to date with one thread, and return its conversation, if it has one.

    `escalation` is a colleague's new call. Sixteen queries when nothing changed. Raises Thread.DoesNotExist.
    """
    thread = lock_thread(thread_id)
    conversation = Conversation.objects.filter(thread=thread).first()
    return _bring_up_to_date(Origin(thread=thread), conversation, now or timezone.now(), escalation)


@transaction.atomic
def look_at(
    conversation: Conversation, *, now: datetime | None = None, escalation: Escalation | None = None
) -> Conversation:
    """The same for a conversation wherever it began. Raises Conversation.DoesNotExist."""
    if conversation.thread_id is not None:
        return triage(conversation.thread_id, now=now, escalation=escalation) or conversation
    current = lock(conversation)
    return _bring_up_to_date(Origin(mention=current.mention), current, now or timezone.now(), escalation) or current


def lock(conversation: Conversation) -> Conversation:
    """The conversation as it stands, held with what it stands on until the transaction ends."""
    if conversation.thread_id is not None:
        lock_thread(conversation.thread_id)
    else:
        Conversation.objects.select_for_update().get(pk=conversation.pk)
    return Conversation.objects.select_related("mention", "customer").get(pk=conversation.pk)


def lock_thread(thread_id: int) -> Thread:
    """The thread, locked until the transaction ends: two tasks or agents never work on one at the same time.

    What belongs to it is read after the lock: PostgreSQL would join it as it stood before the wait.
    """
    Thread.objects.select_for_update().get(pk=thread_id)
    return Thread.objects.select_related("author", "question__category", "review").get(pk=thread_id)


def _bring_up_to_date(
    origin: Origin, conversation: Conversation | None, now: datetime, escalation: Escalation | None
) -> Conversation | None:
    case = read_case(origin, conversation, now)
    if escalation:
        case = replace(case, escalation=escalation)
    found = findings(case)
    is_new = conversation is None
    if conversation is None:
        if origin.thread is None or not (found or any(said.is_official for said in case.texts)):
            return None
        conversation = _open(origin.thread, case)
    if origin.thread:
        conversation.thread = origin.thread
        _adopt_replies(conversation, case)
    raised = _raise(conversation, found, now)
    _settle(conversation, case, found, now)
    _follow(conversation, case, found, raised)
    for tell in AFTER:
        tell(conversation, is_new, raised, now)
    return conversation


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
    rows = {(reason.kind, reason.post_id, reason.message_id): reason for reason in conversation.reasons.all()}
    raised = []
    for finding in found:
        post, message = finding.key
        reason = rows.get((finding.kind, post, message)) or Reason(
            conversation=conversation, kind=finding.kind, post_id=post, message_id=message, settled_at=now
        )
        values = {"evidence": finding.evidence[:300], "weight": finding.weight, "rule": finding.rule[:200]}
        if reason.settled_at:
            values |= {"settled_at": None, "settled_because": "", "raised_at": now, "raised_by_id": finding.by_pk}
            raised.append(finding)
            needs = "Needs a reply" if finding.is_must else "Worth a reply"
            log_event(conversation, f"{needs}: {reason.get_kind_display()}", by_pk=finding.by_pk, at=now)
        _set_fields(reason, values)
    return raised


def _settle(conversation: Conversation, case: Case, found: list[Finding], now: datetime) -> None:
    stands = {(finding.kind, *finding.key) for finding in found}
    for reason in conversation.reasons.standing():
        if (reason.kind, reason.post_id, reason.message_id) not in stands:
            because = why_settled(reason, case)
            _set_fields(reason, {"settled_at": now, "settled_because": because})
            log_event(conversation, f"Settled: {reason.get_kind_display()}. {because}", by_pk=None, at=now)


def _follow(conversation: Conversation, case: Case, found: list[Finding], raised: list[Finding]) -> None:
    """Set what the queue shows from the reasons that stand."""
    must = must_reply(found)
    is_new = conversation.state == State.SETTLED and case.first_company_response_at is None
    values: dict[str, Any] = {
        "state": State.WAITING if must else _state_at_rest(conversation, case),
        "waiting_since": waiting_since(case, found),
        "priority": sum(finding.weight for finding in found) + (conversation.extra_priority if found else 0),
        "first_company_response_at": case.first_company_response_at,
        "first_response_at": case.first_response_at,
    }
    if not conversation.type_confirmed_by_id and case.texts:
        suggestion = suggest(case)
        values |= {"type_suggested": suggestion.type, "type_suggested_because": suggestion.because[:200]}
    was = Was.of(conversation)
    values |= follow_clock(conversation, _look(conversation, case, must, must_reply(raised), values))
    if must and is_new:
        values |= {"asked_at": values["waiting_since"], "first_due_at": values["due_at"]}
    if must and conversation.closed_at:
        values |= {"closed_at": None, "closed_by": None, "closed_because": ""}
    _set_fields(conversation, values | _identity(conversation, case) | _awake(conversation, case))
    note_clock(was, conversation, replied_at=case.replied_at, hours=case.hours)


def _identity(conversation: Conversation, case: Case) -> dict[str, Any]:
    """What the queue calls it, whose it is and whether everybody can read it. Without a thread, others say so."""
    thread = conversation.thread
    if thread is None:
        return {}
    is_readable = any(said.post for said in case.texts)
    named = {"subject": thread.title, "customer_name": thread.author.name, "product_id": thread.product_id}
    return {"is_readable": is_readable} | named


def _awake(conversation: Conversation, case: Case) -> dict[str, Any]:
    """A snooze ends by time, or when the customer has written since."""
    if conversation.snoozed_until is None:
        return {}
    asleep_since = conversation.events.filter(what__startswith=SNOOZED).order_by("-at").values_list("at", flat=True)
    since = asleep_since.first() or case.now
    if conversation.snoozed_until > case.now and not any(s.is_asker and s.changed_at > since for s in case.texts):
        return {}
    log_event(conversation, OVER, by_pk=None, at=case.now)
    return {"snoozed_until": None, "snoozed_by_id": None}


def _state_at_rest(conversation: Conversation, case: Case) -> str:
    """Without a reason: as a person left it; else with the customer once we have replied, else settled without us."""
    if conversation.state in (State.NO_REPLY_NEEDED, State.CLOSED):
        return conversation.state
    return State.ANSWERED if case.replied_at else State.SETTLED


def _look(
    conversation: Conversation, case: Case, must: list[Finding], raised: list[Finding], values: dict[str, Any]
) -> Look:
    """What the clock follows."""
    return Look(
        now=case.now,
        hours=case.hours,
        starts=[finding.at for finding in must],
        raised=[finding.at for finding in raised],
        priority=values["priority"],
        type=conversation.type or values.get("type_suggested", conversation.type_suggested),
        is_first=case.first_company_response_at is None,
        paused_at=case.needs_info_at,
        dealt_with_at=case.quiet_until,
    )


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
