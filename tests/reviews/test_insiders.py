"""Who writes from inside is labelled and left out of the average, whenever it is found out."""

from typing import Any

import pytest
from allauth.account.models import EmailAddress
from django.core.exceptions import ValidationError

from community.members.models import Member, Role
from community.products.models import Product
from reviews.insiders import is_insider, label_insiders
from reviews.models import InsiderDomain, RatingSummary, Review, ReviewRecord
from tests.reviews.writing import write


def count_of(product: Product) -> tuple[int, int]:
    summary = RatingSummary.objects.get(product=product)
    return summary.count, summary.insider_count


@pytest.mark.parametrize(
    ("domain", "address", "inside"),
    [
        ("brand.example", "eve@brand.example", True),
        ("brand.example", "eve@Shop.Brand.Example", True),
        ("brand.example", "eve@mybrand.example", False),
        ("shop.brand.example", "eve@brand.example", False),
    ],
)
def test_a_domain_takes_in_what_lies_below_it(domain: str, address: str, inside: bool, member: Member) -> None:
    InsiderDomain.objects.create(domain=domain)
    Member.objects.filter(pk=member.pk).update(email=address)
    member.refresh_from_db()
    assert is_insider(member) is inside


def test_a_second_verified_address_counts_too(member: Member) -> None:
    InsiderDomain.objects.create(domain="brand.example")
    EmailAddress.objects.create(user=member, email="m@brand.example", verified=True)
    assert is_insider(member)


def test_an_insiders_review_is_labelled_when_written(member: Member, product: Product) -> None:
    InsiderDomain.objects.create(domain="example.com")
    written = write(member, product)
    assert written.is_insider and count_of(product) == (0, 1)
    assert written.records.get(kind=ReviewRecord.Kind.WRITTEN).evidence["insider"] == "domain"


def test_who_becomes_staff_is_labelled_and_no_longer_counted(review: Review, product: Product) -> None:
    author = review.thread.author
    assert count_of(product) == (1, 0)
    Member.objects.filter(pk=author.pk).update(is_staff=True, role=Role.RESPONDER)
    assert label_insiders() == 1 and label_insiders() == 0
    assert count_of(product) == (0, 1)
    line = review.records.get(kind=ReviewRecord.Kind.LABELLED)
    assert line.evidence == {"insider": "staff"}


def test_who_was_staff_stays_labelled(review: Review) -> None:
    authors = Member.objects.filter(pk=review.thread.author_id)
    authors.update(is_staff=True, role=Role.RESPONDER)
    label_insiders()
    authors.update(is_staff=False, role=Role.NONE)
    assert label_insiders() == 0 and Review.objects.get(pk=review.pk).is_insider


def test_a_domain_added_and_taken_off_again_moves_the_label(
    review: Review, product: Product, admin: Member, as_: Any
) -> None:
    page = as_(admin)
    page.post("/admin/reviews/insiderdomain/add/", {"domain": "@Example.com", "note": ""})
    assert count_of(product) == (0, 1)
    added = InsiderDomain.objects.get(domain="example.com")
    page.post(f"/admin/reviews/insiderdomain/{added.pk}/delete/", {"post": "yes"})
    assert count_of(product) == (1, 0)


@pytest.mark.parametrize("domain", ["gmail.com", "co.uk", "com.au", "brand", "eve@brand.com", "-a.com", ""])
def test_a_domain_that_is_none_or_everybodys_is_refused(domain: str) -> None:
    with pytest.raises(ValidationError):
        InsiderDomain(domain=domain).full_clean()
