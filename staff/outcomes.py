"""Outcomes: what a reply, a customer's answer included, did to the relationship, and how we know.

What no one has said is unknown. Staff's judgement needs a person's click; the customer's own signs come from
staff.gathering. The two are kept apart for good: by their kind of evidence.
"""

from django.db import transaction
from django.utils import timezone

from community.members.models import Member
from community.threads.models import Post
from community.threads.permissions import require
from staff.models import Effect, Evidence, Outcome
from staff.permissions import require_can_judge

BY_PEOPLE = frozenset({Evidence.STAFF_JUDGEMENT, Evidence.CUSTOMER_SAID})


@transaction.atomic
def record(
    *,
    by: Member,
    post: Post,
    effect: str,
    evidence: str = Evidence.STAFF_JUDGEMENT,
    said_in: Post | None = None,
    words: str = "",
) -> bool:
    """Record what `post` did, as judged by `by`, or as the customer said in the post `said_in`. False if that stands.

    A new judgement takes the place of the one before, which stays in the history. Raises PermissionDenied.
    """
    require_can_judge(by, post)
    require(evidence in BY_PEOPLE, "Votes, acceptance and opened links are gathered by themselves.")
    if evidence == Evidence.CUSTOMER_SAID:
        require(_is_word_of_customer(said_in, post), "Choose the message in which the customer says so.")
    Post.objects.select_for_update().get(pk=post.pk)
    return stand(post.pk, evidence, effect, by=by, said_in=said_in, words=words)


@transaction.atomic
def take_back(*, by: Member, post: Post, evidence: str = Evidence.STAFF_JUDGEMENT) -> bool:
    """Withdraw what a person recorded. False if nothing stands."""
    require_can_judge(by, post)
    require(evidence in BY_PEOPLE, "The customer's own signs can't be taken back by staff.")
    return withdraw(post.pk, evidence)


def stand(
    post_id: int, evidence: str, effect: str, *, by: Member | None = None, said_in: Post | None = None, words: str = ""
) -> bool:
    """Make this the standing outcome of its kind of evidence. False if it is already."""
    standing = Outcome.objects.standing().filter(post=post_id, evidence=evidence).first()
    if standing and (standing.effect, standing.recorded_by_id) == (effect, by.pk if by else None):
        return False
    withdraw(post_id, evidence)
    Outcome.objects.create(
        post_id=post_id, evidence=evidence, effect=effect, recorded_by=by, evidence_post=said_in, words=words[:300]
    )
    return True


def withdraw(post_id: int, evidence: str) -> bool:
    standing = Outcome.objects.standing().filter(post=post_id, evidence=evidence)
    return bool(standing.update(withdrawn_at=timezone.now()))


def verdict(outcomes: list[Outcome]) -> str:
    """What standing outcomes of one side (customer or staff) come to: the newest that knows; else unknown."""
    known = [outcome for outcome in outcomes if outcome.effect != Effect.UNKNOWN]
    return max(known, key=lambda outcome: (outcome.recorded_at, outcome.pk)).effect if known else Effect.UNKNOWN


def _is_word_of_customer(said: Post | None, post: Post) -> bool:
    thread = post.thread
    return said is not None and (said.thread_id, said.author_id) == (thread.pk, thread.author_id) and said.pk > post.pk
