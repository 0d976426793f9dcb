"""Outcomes: what a reply, a customer's answer included, did to the relationship, and how we know.

What no one has said is unknown. Staff's judgement needs a person's click; the customer's own signs come from
staff.outcomes.gathering. The two are kept apart for good: by their kind of evidence. A reply is a post or a private
message.
"""

from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone

from community.members.models import Member
from community.threads.models import Post
from community.threads.permissions import require
from staff.history import log
from staff.models import Conversation, Effect, Evidence, Message, Outcome
from staff.models.reply import OutcomeQuerySet
from staff.permissions import require_can_judge, require_can_judge_message

BY_PEOPLE = frozenset({Evidence.STAFF_JUDGEMENT, Evidence.CUSTOMER_SAID})


@dataclass(frozen=True)
class Said:
    """Which reply: one of the two is set."""

    post_id: int | None = None
    message_id: int | None = None


@transaction.atomic
def record(
    *,
    by: Member,
    post: Post | None = None,
    message: Message | None = None,
    effect: str,
    evidence: str = Evidence.STAFF_JUDGEMENT,
    said_in: Post | None = None,
    words: str = "",
) -> bool:
    """Record what a reply did, as judged by `by`, or as the customer said in the post `said_in`. False if that stands.

    A new judgement takes the place of the one before, which stays in the history. Raises PermissionDenied.
    """
    reply = _lock(by, post, message)
    require(evidence in BY_PEOPLE, "Votes, acceptance and opened links are gathered by themselves.")
    if evidence == Evidence.CUSTOMER_SAID:
        require(
            post is None or _is_word_of_customer(said_in, post), "Choose the message in which the customer says so."
        )
        require(not customer_answered(reply), "The customer has answered this themselves.")
    is_new = stand(reply, evidence, effect, by=by, said_in=said_in, words=words)
    if is_new:
        _log(by, post, message, f"Recorded: {Effect(effect).label.lower()} ({Evidence(evidence).label.lower()})")
    return is_new


@transaction.atomic
def take_back(
    *,
    by: Member,
    post: Post | None = None,
    message: Message | None = None,
    evidence: str = Evidence.STAFF_JUDGEMENT,
) -> bool:
    """Withdraw what a person recorded. False if nothing stands."""
    reply = _lock(by, post, message)
    require(evidence in BY_PEOPLE, "The customer's own signs can't be taken back by staff.")
    require(
        evidence != Evidence.CUSTOMER_SAID or not customer_answered(reply), "The customer has answered this themselves."
    )
    is_gone = withdraw(reply, evidence)
    if is_gone:
        _log(by, post, message, f"Took back: {Evidence(evidence).label.lower()}")
    return is_gone


def stand(
    reply: Said, evidence: str, effect: str, *, by: Member | None = None, said_in: Post | None = None, words: str = ""
) -> bool:
    """Make this the standing outcome of its kind of evidence. False if it is already."""
    before = standing(reply, evidence).first()
    words = words[:300]
    if before and (before.effect, before.recorded_by_id, before.words) == (
        effect,
        by.pk if by else None,
        words,
    ):
        return False
    withdraw(reply, evidence)
    Outcome.objects.create(
        post_id=reply.post_id,
        message_id=reply.message_id,
        evidence=evidence,
        effect=effect,
        recorded_by=by,
        evidence_post=said_in,
        words=words,
    )
    return True


def withdraw(reply: Said, evidence: str) -> bool:
    return bool(standing(reply, evidence).update(withdrawn_at=timezone.now()))


def customer_answered(reply: Said) -> bool:
    """Did the customer answer “Did this help you?” about it? Their own word is not staff's to change."""
    return standing(reply, Evidence.CUSTOMER_SAID).filter(recorded_by=None).exists()


def verdict(outcomes: list[Outcome]) -> str:
    """What standing outcomes of one side (customer or staff) come to: the newest that knows; else unknown."""
    known = [outcome for outcome in outcomes if outcome.effect != Effect.UNKNOWN]
    return max(known, key=lambda outcome: (outcome.recorded_at, outcome.pk)).effect if known else Effect.UNKNOWN


def standing(reply: Said, evidence: str) -> OutcomeQuerySet:
    """At most one."""
    return Outcome.objects.standing().filter(post=reply.post_id, message=reply.message_id, evidence=evidence)


def _lock(by: Member, post: Post | None, message: Message | None) -> Said:
    """Two clicks at once: one after the other."""
    if message is not None:
        require_can_judge_message(by, message)
        Message.objects.select_for_update().get(pk=message.pk)
        return Said(message_id=message.pk)
    if post is None:
        raise ValueError("Say which reply: a post or a message.")
    require_can_judge(by, post)
    Post.objects.select_for_update().get(pk=post.pk)
    return Said(post_id=post.pk)


def _log(by: Member, post: Post | None, message: Message | None, what: str) -> None:
    conversation = message.conversation if message else None
    if post is not None:
        conversation = Conversation.objects.filter(thread=post.thread_id).first()
    if conversation is not None:
        log(conversation, what, by=by)


def _is_word_of_customer(said: Post | None, post: Post) -> bool:
    thread = post.thread
    return said is not None and (said.thread_id, said.author_id) == (thread.pk, thread.author_id) and said.pk > post.pk
