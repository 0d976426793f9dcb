"""What one link is good for now, and that somebody has opened it."""

from datetime import datetime
from enum import StrEnum

from django.db import transaction
from django.utils import timezone

from community.members.models import Member
from reviews.models import Invitation, InvitedPurchase, Review


class Standing(StrEnum):
    OPEN = "open"
    USED = "used"
    REVIEWED = "reviewed"
    EXPIRED = "expired"
    CALLED_OFF = "called_off"
    CLOSED = "closed"


def standing_of(item: InvitedPurchase, owner: Member | None, now: datetime | None = None) -> Standing:
    """`item` from links.item_of. What was given back after it came can still be reviewed: who is unhappy gives back.

    At most one query.
    """
    expires_at = item.invitation.expires_at
    if item.used_at:
        return Standing.USED
    if owner and (not owner.is_active or owner.erased_at):
        return Standing.CLOSED
    if owner and Review.objects.of(owner, item.purchase.product):
        return Standing.REVIEWED
    if item.purchase.is_called_off:
        return Standing.CALLED_OFF
    return Standing.OPEN if expires_at and expires_at > (now or timezone.now()) else Standing.EXPIRED


@transaction.atomic
def note_opened(item: InvitedPurchase) -> bool:
    """A person has its page before them. The first time counts; False for every other."""
    now = timezone.now()
    Invitation.objects.filter(pk=item.invitation_id, opened_at=None).update(opened_at=now)
    return bool(InvitedPurchase.objects.filter(pk=item.pk, opened_at=None).update(opened_at=now))


def others_open(item: InvitedPurchase) -> list[InvitedPurchase]:
    """What else the same mail asks about and nobody has reviewed."""
    rest = item.invitation.items.filter(used_at=None).exclude(pk=item.pk)
    return list(rest.select_related("purchase__product", "purchase__member", "invitation"))
