"""What a reply, or a whole conversation, came to: the newest sign of one side that knows; else unknown.

The customer's signs and staff's judgement are two sides, and are never added up. Withdrawn signs do not count.
"""

from django.db.models import Case, CharField, Exists, OuterRef, Subquery, Value, When
from django.db.models.functions import Coalesce
from django.db.models.lookups import GreaterThanOrEqual

from community.threads.models import Status
from staff.models import Effect, Message, Outcome
from staff.models.reply import OutcomeQuerySet

EFFECTS = (Effect.STRENGTHENED, Effect.NO_CHANGE, Effect.WEAKENED, Effect.UNKNOWN)
KNOWN = EFFECTS[:3]
SIDES = (("customer", "What the customer showed"), ("staff", "What staff judged"))
UNKNOWN = Value(str(Effect.UNKNOWN))


def known(side: str) -> OutcomeQuerySet:
    """Standing signs of one side that say something, the newest first."""
    standing = Outcome.objects.standing().exclude(effect=Effect.UNKNOWN).order_by("-recorded_at", "-pk")
    return standing.staff_judgement() if side == "staff" else standing.customer_evidence()


def of_reply(side: str, reply: str, key: str = "pk") -> Coalesce:
    """The column of what one reply came to; `reply` is post or message, `key` the column that names it."""
    newest = known(side).filter(**{reply: OuterRef(key)})
    return Coalesce(Subquery(newest.values("effect")[:1]), UNKNOWN, output_field=CharField())


def of_conversation(side: str) -> Case:
    """The column of what a conversation came to at its end: its newest sign, whichever reply earned it.

    Most conversations have no messages at all, so signs of messages are only looked for where there are some.
    """
    messages = Message.objects.filter(conversation=OuterRef("pk"))
    in_public = known(side).filter(post__thread=OuterRef("thread"), post__status=Status.PUBLISHED)
    alone = known(side).filter(message__conversation=OuterRef("pk"))
    in_public_at, alone_at = (Subquery(signs.values("recorded_at")[:1]) for signs in (in_public, alone))
    in_public_effect, alone_effect = (Subquery(signs.values("effect")[:1]) for signs in (in_public, alone))
    return Case(
        When(~Exists(messages), then=Coalesce(in_public_effect, UNKNOWN)),
        When(~Exists(alone), then=Coalesce(in_public_effect, UNKNOWN)),
        When(~Exists(in_public), then=alone_effect),
        When(GreaterThanOrEqual(alone_at, in_public_at), then=alone_effect),
        default=in_public_effect,
        output_field=CharField(),
    )
