"""Looks at everything once more when a mail is about to leave: days have passed since it was planned."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q
from django.db.models.functions import Lower

from community.members.models import Member
from community.notifications.bouncing import STOP_AT, score_of_address
from community.notifications.mailing import may_address_be_written_to, may_be_written_to
from community.notifications.models import MailTrouble
from community.notifications.unsubscribing import preference_of
from community.threads.pausing import standing_pause
from reviews.insiders import insider_domains, is_inside, is_insider
from reviews.inviting.choosing import TOO_LATE
from reviews.inviting.owners import gets_mail_at, owner_of
from reviews.inviting.stopping import REFUSED, is_stopped
from reviews.models import Invitation, InvitedPurchase, Review

CLOSED = "The account is closed"
INSIDE = "Somebody who works here"
CAME_BACK = "Mail to this address came back"
NOTHING_LEFT = "Nothing left to ask about: reviewed, given back, or too long ago"


@dataclass(frozen=True)
class Looked:
    """What a mail may ask about now. `ends`: why none will go any more; `waits`: not now, perhaps later."""

    items: tuple[InvitedPurchase, ...] = ()
    owner: Member | None = None
    ends: str = ""
    waits: bool = False


def look_again(invitation: Invitation, now: datetime) -> Looked:
    """`invitation` with its campaign. About ten queries."""
    owner = owner_of(invitation.email, invitation.member)
    ends = _why_never(invitation, owner)
    if ends:
        return Looked(ends=ends)
    items = tuple(open_items(invitation, owner, now))
    if not items:
        return Looked(ends=NOTHING_LEFT)
    address = invitation.email
    is_theirs = gets_mail_at(owner, address)
    may_write = may_be_written_to(owner) if owner and is_theirs else may_address_be_written_to(address)
    is_paused = standing_pause(customer=owner, now=now, by_hand_only=True) is not None
    return Looked(items, owner, waits=is_paused or not may_write)


def open_items(invitation: Invitation, owner: Member | None, now: datetime) -> list[InvitedPurchase]:
    """Its products that were neither reviewed nor given back, are on sale, and came less than 180 days ago."""
    items = invitation.items.filter(used_at=None, purchase__refunded_at=None)
    items = items.filter(purchase__fulfilled_at__gt=now - TOO_LATE, purchase__product__is_discontinued=False)
    reviewed = reviewed_products(owner, invitation.email, items.values_list("purchase__product", flat=True))
    return [item for item in items.select_related("purchase__product") if item.purchase.product_id not in reviewed]


def reviewed_products(owner: Member | None, address: str, products: Iterable[int]) -> set[int]:
    """Which of `products` were reviewed by `owner` or by whoever bought with `address`, whatever became of it."""
    by = Q(thread__author=owner) if owner else Q(pk__in=[])
    bought = Review.objects.annotate(address=Lower("purchase__email")).filter(by | Q(address=address.lower()))
    return set(bought.filter(thread__product__in=products).values_list("thread__product", flat=True))


def _why_never(invitation: Invitation, owner: Member | None) -> str:
    address = invitation.email
    if is_stopped(address, owner):
        return REFUSED
    if owner and (not owner.is_active or owner.erased_at):
        return CLOSED
    if is_insider(owner) if owner else is_inside(address, insider_domains()):
        return INSIDE
    stopped = preference_of(owner).stopped_at if owner else score_of_address(address) >= STOP_AT
    return CAME_BACK if stopped or _came_back(invitation, owner) else ""


def _came_back(invitation: Invitation, owner: Member | None) -> bool:
    """For good, or as spam, since we asked: no reminder follows, long before 4 points stop all mail."""
    if invitation.sent_at is None:
        return False
    whose = Q(member=owner) if owner else Q(member=None, address=invitation.email.lower())
    bad = MailTrouble.objects.since(invitation.sent_at).filter(whose, kind__in=("hard", "complaint"))
    return bad.exists()
