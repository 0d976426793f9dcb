"""“Verified purchase” comes from orders alone, whatever is tried."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from community.members.models import Member
from community.products.models import Product, Purchase
from reviews.models import Review, ReviewRecord
from reviews.verifying import verify_purchases
from tests.reviews.writing import fields, write

Kind = ReviewRecord.Kind


def order(product: Product, email: str, days_ago: int = 30, **more: Any) -> Purchase:
    at = timezone.now() - timedelta(days=days_ago)
    return Purchase.objects.create(product=product, email=email, reference="1001", purchased_at=at, **more)


def kinds(review: Review) -> list[str]:
    return [str(line.kind) for line in review.records.all()]


def test_an_order_found_later_verifies_and_the_log_names_it(review: Review, product: Product) -> None:
    found = order(product, "Tomas@Example.com")
    assert verify_purchases() == 1 and verify_purchases() == 0
    review.refresh_from_db()
    line = review.records.get(kind=Kind.VERIFIED)
    assert review.is_verified and line.evidence == {"purchase": found.pk}


def test_an_order_made_after_the_review_proves_nothing(review: Review, product: Product) -> None:
    order(product, "tomas@example.com", days_ago=-1)
    assert verify_purchases() == 0


def test_somebody_elses_order_proves_nothing(review: Review, product: Product, member: Member) -> None:
    order(product, "tomas@example.com", member=member)
    order(product, "tomas@elsewhere.example")
    assert verify_purchases() == 0


@pytest.mark.parametrize("stars", range(1, 6))
def test_who_gave_the_product_back_has_had_it(stars: int, member: Member, product: Product) -> None:
    bought = order(product, member.email, fulfilled_at=timezone.now() - timedelta(days=25))
    written = write(member, product, stars=stars)
    Purchase.objects.filter(pk=bought.pk).update(refunded_at=timezone.now())
    assert verify_purchases() == 1 and verify_purchases() == 0
    written.refresh_from_db()
    assert written.is_verified and kinds(written)[-1] == Kind.REFUNDED


def test_an_order_called_off_before_it_was_sent_was_no_purchase(member: Member, product: Product) -> None:
    bought = order(product, member.email)
    written = write(member, product)
    Purchase.objects.filter(pk=bought.pk).update(refunded_at=timezone.now())
    assert verify_purchases() == 1 and verify_purchases() == 0
    written.refresh_from_db()
    assert not written.is_verified and kinds(written)[-1] == Kind.UNVERIFIED


@pytest.mark.parametrize("name", ["purchase", "verified", "is_verified", "purchase_id"])
def test_no_field_of_the_form_verifies(name: str, member: Member, product: Product, as_: Any) -> None:
    somebodys = order(product, "stranger@example.com")
    page: Client = as_(member)
    page.post(f"/products/{product.slug}/review/", fields() | {name: str(somebodys.pk)})
    written = Review.objects.get(thread__author=member)
    assert not written.is_verified and not written.is_incentivised and not written.is_insider


def test_no_admin_can_tick_it(review: Review, admin: Member, as_: Any) -> None:
    page = as_(admin)
    assert page.get(f"/admin/reviews/review/{review.pk}/change/").status_code == 200
    data = {"purchase": "1", "is_insider": "on", "stars": "5"}
    assert page.post(f"/admin/reviews/review/{review.pk}/change/", data).status_code == 403
    review.refresh_from_db()
    assert not review.is_verified and review.stars == 4
