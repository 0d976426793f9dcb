"""What stands behind a review: the order, and the invitation that asked for it. Nobody can tick it by hand."""

from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from community.members.models import Member
from community.products.models import Product, Purchase
from reviews.models import Invitation, InvitationCampaign, InvitedPurchase, Review, ReviewRecord
from tests.reviews.at_once import at_once
from tests.reviews.writing import BODY, write

pytestmark = pytest.mark.django_db


def invite(product: Product, **changes: Any) -> InvitedPurchase:
    """Mara was written to two weeks after her parcel left."""
    now = timezone.now()
    bought = {"email": "mara@example.com", "reference": "A-1", "purchased_at": now - timedelta(days=20),
              "fulfilled_at": now - timedelta(days=16)}  # fmt: skip
    purchase = Purchase.objects.create(product=product, **bought | changes.pop("purchase", {}))
    campaign = InvitationCampaign.objects.create(name="All", incentive=changes.pop("incentive", ""))
    sent = {"state": "sent", "sent_at": now, "planned_for": now} | changes
    invitation = Invitation.objects.create(campaign=campaign, email=purchase.email, **sent)
    return InvitedPurchase.objects.create(invitation=invitation, purchase=purchase)


def test_a_link_gives_evidence_campaign_and_is_used_up(member: Member, product: Product) -> None:
    item = invite(product)
    review = write(member, product, invited=item)
    item.refresh_from_db()
    assert (review.purchase, review.campaign) == (item.purchase, item.invitation.campaign)
    assert (item.review, bool(item.used_at)) == (review, True)
    assert not review.is_incentivised


def test_a_promise_labels_the_review_whatever_its_stars(member: Member, product: Product) -> None:
    assert write(member, product, stars=1, invited=invite(product, incentive="a voucher of €5")).is_incentivised


def test_who_was_promised_something_is_labelled_without_the_link_too(member: Member, product: Product) -> None:
    item = invite(product, incentive="a voucher of €5")
    review = write(member, product)
    item.refresh_from_db()
    assert review.is_incentivised
    assert item.review == review


def test_an_invitation_that_was_never_sent_labels_nothing(member: Member, product: Product) -> None:
    item = invite(product, incentive="a voucher of €5", state="planned", sent_at=None)
    assert not write(member, product).is_incentivised
    item.refresh_from_db()
    assert item.used_at is None


def test_a_used_link_is_refused(member: Member, other_member: Member, product: Product) -> None:
    item = invite(product)
    write(member, product, invited=item)
    with pytest.raises(ValidationError, match="used already"):
        write(other_member, product, body=BODY + " Truly.", invited=item)
    assert Review.objects.count() == 1


def test_a_link_about_another_product_is_refused(member: Member, product: Product) -> None:
    cap = Product.objects.create(name="Cap", slug="cap", sku="C", category=product.category)
    with pytest.raises(ValidationError):
        write(member, cap, invited=invite(product))
    assert not Review.objects.exists()


def test_an_order_called_off_is_no_evidence_for_the_link_either(member: Member, product: Product) -> None:
    called_off = {"fulfilled_at": None, "refunded_at": timezone.now()}
    review = write(member, product, invited=invite(product, purchase=called_off))
    assert review.purchase is None
    assert review.campaign is not None


def test_the_log_names_purchase_campaign_and_invitation_by_number(member: Member, product: Product) -> None:
    item = invite(product)
    write(member, product, invited=item)
    told = ReviewRecord.objects.get(kind="written").evidence
    assert (told["purchase"], told["campaign"]) == (item.purchase_id, item.invitation.campaign_id)
    assert told["invitation"] == item.invitation_id
    assert "mara" not in str(told)


@pytest.mark.django_db(transaction=True)
def test_of_two_people_with_one_link_one_gets_in(
    member: Member, other_member: Member, product: Product, tmp_path: Path
) -> None:
    item = invite(product)
    writes = [partial(write, who, product, body=f"{BODY} {who}", invited=item) for who in (member, other_member)]
    results = at_once(tmp_path, writes)
    assert sorted(type(result).__name__ for result in results) == ["Review", "ValidationError"], results
    assert at_once(tmp_path, [Review.objects.count]) == [1]
