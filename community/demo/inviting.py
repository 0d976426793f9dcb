"""How buyers were asked for reviews: campaigns, orders, and an invitation in every state it can be in."""

from datetime import datetime, timedelta
from typing import Any

from allauth.account.models import EmailAddress
from django.db import transaction
from django.utils.text import slugify

from community.demo.content import Row, buyer_name, read
from community.demo.people import DOMAIN
from community.members.models import Member
from community.products.models import Product, ProductCategory, Purchase
from reviews.inviting.checking import NOTHING_LEFT
from reviews.inviting.sending import LINKS_HOLD, TIME_IS_UP
from reviews.inviting.stopping import REFUSED
from reviews.models import Invitation, InvitationCampaign, InvitationStop, InvitedPurchase, Review

State = Invitation.State
UNASKED = ("refunded", "waiting")
BEGAN = timedelta(days=200)


@transaction.atomic
def load_invitations(now: datetime) -> int:
    """All of it where there is no campaign yet; how many rows."""
    if InvitationCampaign.objects.exists():
        return 0
    data = read("trust")
    campaigns = [_campaign(row, now) for row in data["campaign"]]
    bought = [purchase for row in data["buyer"] for purchase in _invite(row, campaigns, now)]
    customer = Member.objects.get(username="customer")
    own = [_own(row, customer, now) for row in data["own_purchase"]]
    EmailAddress.objects.create(user=customer, email=f"an.older.address@{DOMAIN}", verified=False)
    return len(campaigns) + len(bought) + len(own)


def _campaign(row: Row, now: datetime) -> InvitationCampaign:
    shelf = ProductCategory.objects.get(slug=row["category"]) if "category" in row else None
    return InvitationCampaign.objects.create(
        **{"is_active": True, **row, "category": shelf, "starts_at": now - BEGAN, "days_between": 7}
    )


def _invite(row: Row, campaigns: list[InvitationCampaign], now: datetime) -> list[Purchase]:
    """The buyer's orders, and what became of asking."""
    products = [Product.objects.get(slug=slug) for slug in row["products"]]
    came = now - timedelta(days=row["days_ago"], hours=3)
    bought = [_purchase(row, product, came) for product in products]
    if row["becomes"] not in UNASKED:
        asked = [one for one in campaigns if one.is_active and one.category_id in (products[0].category_id, None)]
        campaign = max(asked, key=lambda one: one.category_id is not None)
        _ask(row, campaign, bought, came + timedelta(days=campaign.days_after, hours=1), now)
    return bought


def _purchase(row: Row, product: Product, came: datetime) -> Purchase:
    """The one that the buyer's review stands on, if they wrote one."""
    address = f"{buyer_name(row)}@{DOMAIN}"
    facts: dict[str, Any] = {"purchased_at": came - timedelta(days=3), "fulfilled_at": came}
    if row["becomes"] == "refunded":
        facts["refunded_at"] = came + timedelta(days=9)
    reference = f"AT-{sum(map(ord, row['name'])) * 37 + product.pk}"
    member = Member.objects.filter(username=buyer_name(row)).first()
    known, _ = Purchase.objects.update_or_create(
        email=address, product=product, defaults=facts, create_defaults={**facts, "name": row["name"],
        "reference": reference, "member": member},
    )  # fmt: skip
    return known


def _ask(row: Row, campaign: InvitationCampaign, bought: list[Purchase], sent: datetime, now: datetime) -> None:
    becomes, review = row["becomes"], _review(row)
    facts: dict[str, Any] = {"state": State.SENT, "sent_at": sent, "expires_at": sent + LINKS_HOLD}
    facts |= {"planned_for": now + timedelta(days=3), "reminded_at": sent + timedelta(days=7), "reminders_sent": 1}
    if becomes == "planned":
        facts = {"state": State.PLANNED, "planned_for": now + timedelta(days=1)}
    elif becomes == "ended":
        facts |= {"state": State.ENDED, "why_ended": TIME_IS_UP, "reminders_sent": 2}
    elif becomes == "stopped":
        facts |= {"state": State.ENDED, "why_ended": REFUSED}
        InvitationStop.objects.create(email=bought[0].email, created_at=sent + timedelta(days=7, hours=2))
    elif becomes == "used" and len(bought) == 1:
        facts |= {"state": State.ENDED, "why_ended": NOTHING_LEFT}
    opened = sent + timedelta(hours=20) if becomes in ("opened", "used") else None
    invitation = Invitation.objects.create(
        campaign=campaign, email=bought[0].email, name=row["name"], member=bought[0].member, created_at=sent,
        **facts | {"opened_at": opened},
    )  # fmt: skip
    for nth, purchase in enumerate(bought):
        item = InvitedPurchase(invitation=invitation, purchase=purchase, opened_at=None if nth else opened)
        if review and not nth:
            item.review, item.used_at = review, review.thread.created_at
            Review.objects.filter(pk=review.pk).update(campaign=campaign, is_incentivised=bool(campaign.incentive))
        item.save()


def _review(row: Row) -> Review | None:
    """What came of it."""
    if row["becomes"] != "used":
        return None
    return Review.objects.with_list_data().get(
        thread__author__username=buyer_name(row), thread__product__slug=row["products"][0]
    )


def _own(row: Row, customer: Member, now: datetime) -> Purchase:
    """An order of the account to sign in with."""
    came = now - timedelta(days=row["days_ago"], hours=5)
    return Purchase.objects.create(
        product=Product.objects.get(slug=row["product"]),
        member=customer,
        email=customer.email,
        name=customer.name,
        reference=f"AT-2{len(slugify(row['product'])):02}{row['days_ago']:03}",
        purchased_at=came - timedelta(days=2),
        fulfilled_at=came,
        refunded_at=came + timedelta(days=11) if row.get("refunded") else None,
    )
