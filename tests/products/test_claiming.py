"""Purchases find the account whose proven address they were made with."""

from collections.abc import Callable
from typing import Any

from allauth.account.models import EmailAddress
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from community.members.models import Member
from community.products.claiming import claim_purchases
from community.products.models import Product, Purchase


def bought_by(address: str, product: Product, reference: str = "A-1") -> Purchase:
    return Purchase.objects.create(product=product, email=address, reference=reference, purchased_at=timezone.now())


def test_purchases_that_come_later_find_their_owner(member: Member, product: Product) -> None:
    purchase = bought_by("mara@EXAMPLE.com", product)
    assert [claim_purchases(), claim_purchases()] == [1, 0]
    purchase.refresh_from_db()
    assert purchase.member == member


def test_an_address_that_is_not_proven_claims_nothing(member: Member, product: Product) -> None:
    EmailAddress.objects.update(verified=False)
    bought_by(member.email, product)
    assert claim_purchases() == 0


def test_claiming_costs_one_query(
    member: Member, product: Product, django_assert_num_queries: Callable[..., Any]
) -> None:
    for nth in range(5):
        bought_by("mara@example.com", product, f"A-{nth}")
    with django_assert_num_queries(1):
        assert claim_purchases(address="mara@example.com") == 5


def test_a_purchase_typed_in_by_hand_finds_its_owner(
    admin: Member, member: Member, product: Product, as_: Callable[..., Client]
) -> None:
    fields = {"product": product.pk, "email": member.email, "reference": "A-1"}
    fields |= {"purchased_at_0": "2026-11-01", "purchased_at_1": "12:00"}
    as_(admin).post(reverse("admin:products_purchase_add"), fields)
    assert Purchase.objects.get().member == member
