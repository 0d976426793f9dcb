"""Who is asked for a review, when, and about what: the rules of facts/reviews.md, one by one."""

from datetime import timedelta
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from django.utils import timezone

from community.members.consenting import give_consent, withdraw_consent
from community.members.models import Member
from community.products.models import Product, ProductCategory
from reviews.inviting.planning import plan
from reviews.inviting.stopping import CONSENT, go_on, stop
from reviews.models import InsiderDomain, Invitation, InvitationCampaign, InvitedPurchase
from tests.reviews.inviting import another_product, bought, campaign
from tests.reviews.writing import write

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(("days", "asked"), [(13.9, 0), (14.1, 1), (179, 1), (180.1, 0)])
def test_asked_from_the_14th_day_to_the_180th(days: float, asked: int, product: Product) -> None:
    campaign()
    bought(product, days=days)
    assert plan() == asked


def test_a_campaign_chooses_its_day_up_to_the_21st(product: Product) -> None:
    campaign(days_after=21)
    bought(product, days=20.9)
    assert plan() == 0
    assert plan(timezone.now() + timedelta(hours=4)) == 1


def test_what_came_in_the_same_days_is_one_mail(product: Product) -> None:
    campaign(days_after=20)
    bought(product, days=20.1)
    bought(another_product(1), days=15, email="IDA@example.com")
    bought(another_product(2), days=13)
    assert plan() == 1
    assert {item.purchase.product.name for item in InvitedPurchase.objects.all()} == {"Fell Jumper", "Scarf 1"}


def test_at_most_five_products_a_mail_and_the_rest_a_week_later(product: Product) -> None:
    campaign()
    for number in range(7):
        bought(another_product(number))
    assert plan() == 1 and InvitedPurchase.objects.count() == 5
    Invitation.objects.update(state="sent", sent_at=timezone.now())
    assert plan() == 0
    assert plan(timezone.now() + timedelta(days=7.1)) == 1
    assert InvitedPurchase.objects.count() == 7


def test_planning_again_changes_nothing_and_a_product_is_asked_about_once(product: Product) -> None:
    campaign()
    bought(product)
    bought(product, days=30)
    assert [plan(), plan()] == [1, 0]
    Invitation.objects.update(state="ended")
    assert plan(timezone.now() + timedelta(days=30)) == 0


def test_nobody_is_asked_for_what_was_given_back_or_is_no_longer_sold(product: Product) -> None:
    campaign()
    bought(product, refunded_at=timezone.now())
    bought(another_product(is_discontinued=True))
    assert plan() == 0


def test_what_they_have_reviewed_is_left_out(product: Product, member: Member) -> None:
    campaign()
    bought(product, email="mara@example.com", member=member)
    bought(another_product(), email="mara@example.com", member=member)
    write(member, product)
    assert plan() == 1
    assert InvitedPurchase.objects.get().purchase.product.name == "Scarf 1"


@pytest.mark.parametrize(
    "fields", [{"is_staff": True}, {"is_active": False}, {"erased_at": timezone.now(), "is_active": False}]
)
def test_staff_and_closed_accounts_are_not_asked(fields: dict[str, Any], product: Product, member: Member) -> None:
    campaign()
    bought(product, member=member)
    Member.objects.filter(pk=member.pk).update(**fields)
    assert plan() == 0


def test_insiders_are_not_asked(product: Product) -> None:
    campaign()
    InsiderDomain.objects.create(domain="brand.com")
    bought(product, email="ida@shop.brand.com")
    bought(product, email="ida@otherbrand.com")
    plan()
    assert Invitation.objects.get().email == "ida@otherbrand.com"


def test_who_said_no_is_not_asked_with_or_without_an_account(product: Product, member: Member) -> None:
    campaign()
    bought(product, member=member, email="mara@example.com")
    bought(product)
    withdraw_consent(by=member, source="what you allow", **CONSENT)
    stop("Ida@example.com")
    assert plan() == 0
    give_consent(by=member, source="what you allow", **CONSENT)
    go_on("ida@example.com")
    assert plan() == 2


def test_a_yes_after_the_no_in_a_mail_holds(product: Product, member: Member) -> None:
    campaign()
    bought(product, member=member, email="mara@example.com")
    stop("mara@example.com")
    assert plan() == 0
    give_consent(by=member, source="what you allow", **CONSENT)
    assert plan() == 1


def test_the_campaign_of_a_shelf_comes_before_one_for_everything(product: Product) -> None:
    everything = campaign(name="Everything")
    shelf = campaign(name="Knitwear", category=product.category, days_after=21)
    other = ProductCategory.objects.create(name="Bags", slug="bags")
    bought(product, days=15)
    bought(another_product(1, category=other), email="tom@example.com")
    plan()
    assert Invitation.objects.get().campaign == everything
    plan(timezone.now() + timedelta(days=7))
    assert InvitedPurchase.objects.get(purchase__product=product).invitation.campaign == shelf


@pytest.mark.parametrize(
    "changes", [{"is_active": False}, {"ends_at": timezone.now()}, {"starts_at": timezone.now() - timedelta(days=3)}]
)
def test_only_a_running_campaign_plans_and_leaves_older_parcels_alone(
    changes: dict[str, Any], product: Product
) -> None:
    campaign(**changes)
    bought(product)
    assert plan() == 0


def test_what_a_campaign_left_unsent_at_its_end_is_free_again(product: Product) -> None:
    ending = campaign()
    bought(product)
    plan()
    InvitationCampaign.objects.update(ends_at=timezone.now())
    assert plan() == 0 and not Invitation.objects.exists()
    following = campaign(name="The next")
    assert plan() == 1
    assert Invitation.objects.get().campaign == following != ending


def test_an_unproven_account_is_no_owner(product: Product, member: Member) -> None:
    """Somebody typed Ida's address at sign-up; Ida is asked all the same."""
    campaign()
    EmailAddress.objects.create(user=member, email="ida@example.com", verified=False)
    write(member, product)
    bought(product)
    assert plan() == 1
