"""Plans who is asked: one mail to an address about what reached it of late, at most five products."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime, timedelta
from itertools import groupby

from django.db import transaction
from django.utils import timezone

from community.products.models import Purchase
from reviews.inviting.choosing import askable, ripe
from reviews.models import Invitation, InvitationCampaign, InvitedPurchase
from reviews.models.invitation import MOST_PRODUCTS

AT_ONCE = 500


def plan(now: datetime | None = None) -> int:
    """Make an Invitation for every address that is due. Running it again changes nothing. Returns how many.

    One query a campaign, and four for each 500 addresses that are due, each 500 a transaction of their own.
    """
    now = now or timezone.now()
    running = list(InvitationCampaign.objects.running(now))
    _release(running)
    planned, before = 0, list[InvitationCampaign]()
    for campaign in running:
        due = ripe(askable(campaign, now=now, before=before), campaign, now)
        addresses = list(due.order_by().values_list("address", flat=True).distinct())
        for start in range(0, len(addresses), AT_ONCE):
            planned += _plan_some(campaign.pk, tuple(before), addresses[start : start + AT_ONCE], now)
        before.append(campaign)
    return planned


def _release(running: Sequence[InvitationCampaign]) -> None:
    """What a campaign planned and did not send before its end is free again, for another to ask about."""
    Invitation.objects.filter(state=Invitation.State.PLANNED, sent_at=None).exclude(campaign__in=running).delete()


@transaction.atomic
def _plan_some(pk: int, before: Sequence[InvitationCampaign], addresses: Sequence[str], now: datetime) -> int:
    """Planners wait for each other here, and the later one finds what the earlier one has planned."""
    list(InvitationCampaign.objects.select_for_update().order_by("pk").values_list("pk"))
    campaign = InvitationCampaign.objects.running(now).filter(pk=pk).first()
    if campaign is None:
        return 0
    rows = askable(campaign, now=now, before=before).filter(address__in=addresses)
    parcels = list(parcels_of(rows.order_by("address", "fulfilled_at", "pk"), campaign, now))
    made = Invitation.objects.bulk_create(_invitation(campaign, parcel, now) for parcel in parcels)
    InvitedPurchase.objects.bulk_create(
        InvitedPurchase(invitation=invitation, purchase=purchase)
        for invitation, parcel in zip(made, parcels, strict=True)
        for purchase in parcel
    )
    return len(made)


def parcels_of(rows: Iterable[Purchase], campaign: InvitationCampaign, now: datetime) -> Iterator[list[Purchase]]:
    """What goes into one mail each: of one address, at most five products, the longest here first.

    `rows` in the order of address and arrival. Nobody is written to while nothing of theirs is due.
    """
    ripe_at = now - timedelta(days=campaign.days_after)
    for _, group in groupby(rows, key=lambda purchase: purchase.email.lower()):
        by_product: dict[int, Purchase] = {}
        for purchase in group:
            by_product.setdefault(purchase.product_id, purchase)
        parcel = list(by_product.values())[:MOST_PRODUCTS]
        if any(purchase.fulfilled_at and purchase.fulfilled_at <= ripe_at for purchase in parcel):
            yield parcel


def _invitation(campaign: InvitationCampaign, parcel: Sequence[Purchase], now: datetime) -> Invitation:
    return Invitation(
        campaign=campaign,
        email=parcel[0].email,
        name=next((purchase.name for purchase in reversed(parcel) if purchase.name), ""),
        member_id=next((purchase.member_id for purchase in parcel if purchase.member_id), None),
        planned_for=now,
    )
