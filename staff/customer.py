"""What an agent should know of a customer before writing to them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q
from django.utils import timezone

from community.members.models import Consent, Member
from community.products.models import Purchase
from community.threads.models import Status
from staff.models import Conversation, Coupon, DeskSettings, FormerCustomer, Leaving, Outcome

SHOWN = 5
TOLD_APART = (Consent.Purpose.MARKETING, Consent.Purpose.REACTIVATION)
"""Shown even where the customer has never been asked: these two decide whether we may write first."""


@dataclass(frozen=True)
class Earlier:
    """A past conversation, and what the replies in it did, the newest first."""

    conversation: Conversation
    outcomes: Sequence[Outcome]


@dataclass(frozen=True)
class Said:
    """What the customer last said about being contacted in one way; `entry` is None where they never did."""

    purpose: str
    channel: str
    entry: Consent | None


@dataclass(frozen=True)
class Standing:
    member: Member
    purchases: Sequence[Purchase]
    earlier: Sequence[Earlier]
    consents: Sequence[Said]
    coupons: Sequence[Coupon]
    leavings: Sequence[Leaving]
    former: FormerCustomer | None
    months_quiet: int | None
    quiet_months: int

    @property
    def is_lapsed(self) -> bool:
        """Bought something once, and nothing for as long as the settings call quiet. Unknown purchases are no sign."""
        return self.months_quiet is not None and self.months_quiet >= self.quiet_months

    @property
    def last_outcome(self) -> Outcome | None:
        known = [outcome for one in self.earlier for outcome in one.outcomes]
        return max(known, key=lambda outcome: (outcome.recorded_at, outcome.pk), default=None)


def standing_of(conversation: Conversation, now: datetime | None = None) -> Standing | None:
    """None for somebody whom we don't know. Eight queries, however much there is."""
    member = conversation.customer
    if member is None:
        return None
    purchases = list(Purchase.objects.standing().filter(member=member).select_related("product")[:SHOWN])
    newest = max((purchase.purchased_at for purchase in purchases), default=None)
    return Standing(
        member=member,
        purchases=purchases,
        earlier=_earlier(conversation, member),
        consents=_consents(Consent.objects.filter(member=member).order_by("-created_at", "-pk")),
        coupons=list(Coupon.objects.filter(given_to=member).select_related("campaign").order_by("-given_at")[:SHOWN]),
        leavings=list(Leaving.objects.filter(member=member).select_related("recorded_by")[:SHOWN]),
        former=FormerCustomer.objects.filter(member=member).first(),
        months_quiet=months_between(newest, now or timezone.now()) if newest else None,
        quiet_months=DeskSettings.current().quiet_months,
    )


def months_between(then: datetime, now: datetime) -> int:
    """Whole calendar months."""
    return (now.year - then.year) * 12 + now.month - then.month - (now.day < then.day)


def _earlier(conversation: Conversation, member: Member) -> list[Earlier]:
    """The five conversations before this one with their standing outcomes. Two queries."""
    readable = Q(thread=None) | Q(thread__status=Status.PUBLISHED)  # what is hidden is named to moderators alone
    past = Conversation.objects.filter(readable, customer=member)
    others = list(past.exclude(pk=conversation.pk)[:SHOWN])
    of_them = Q(post__thread__conversation__in=others) | Q(message__conversation__in=others)
    outcomes = Outcome.objects.standing().filter(of_them).select_related("post__thread__conversation", "message")
    by_conversation: dict[int, list[Outcome]] = {}
    for outcome in outcomes if others else ():
        by_conversation.setdefault(_conversation_id(outcome), []).append(outcome)
    return [Earlier(other, by_conversation.get(other.pk, [])) for other in others]


def _conversation_id(outcome: Outcome) -> int:
    if outcome.message is not None:
        return outcome.message.conversation_id
    return outcome.post.thread.conversation.pk if outcome.post else 0


def _consents(entries: Iterable[Consent]) -> list[Said]:
    """The newest entry of each purpose and channel, in the order of the form where people say so."""
    newest: dict[tuple[str, str], Consent] = {}
    for entry in entries:
        newest.setdefault((entry.purpose, entry.channel), entry)
    wanted = [(purpose, channel) for purpose in Consent.Purpose for channel in Consent.Channel]
    return [
        Said(purpose.label, channel.label, newest.get((purpose, channel)))
        for purpose, channel in wanted
        if (purpose, channel) in newest or (purpose in TOLD_APART and channel == Consent.Channel.MAIL)
    ]
