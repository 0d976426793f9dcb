"""Copies and crowds are found, shown to moderators, and change nothing."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from community.members.models import Member
from community.products.models import Product
from community.threads.bulk import NewPost, NewThread, load_threads
from community.threads.models import Status
from reviews.models import Review, ReviewRecord, SentFrom, Signal
from reviews.suspicion.addresses import digest_of, note_address, purge_addresses
from reviews.suspicion.comparing import exact_of
from reviews.suspicion.crowds import at_least
from reviews.suspicion.looking import look_at, look_at_what_is_new
from tests.conftest import make_member
from tests.reviews.writing import BODY, change, fields, opening_of, write

Clients = Callable[[Member | None], Client]
Kind = Signal.Kind
LONG = (
    "I bought this jumper for a winter on the coast and wore it nearly every day. It has kept its shape, the cuffs "
    "still close, and it dries overnight beside the stove. The arms are a little long for me."
)


def kinds(review: Review) -> set[str]:
    return set(review.signals.filter(settled_at=None).values_list("kind", flat=True))


def by_many(
    product: Product, count: int, *, stars: int = 5, joined_days_ago: int = 60, hours_ago: int = 1
) -> list[Review]:
    """Reviews by as many accounts within minutes; each says something of its own."""
    at = timezone.now() - timedelta(hours=hours_ago)
    made = []
    for number in range(count):
        name = f"m{stars}{joined_days_ago}{hours_ago}n{number}"
        author = make_member(name, date_joined=at - timedelta(days=joined_days_ago))
        opening = NewPost(author, f"{name} {exact_of(LONG + name)[:40]}", at + timedelta(minutes=number))
        (thread,) = load_threads([NewThread("review", "Mine", opening, product=product)])
        made.append(Review.objects.create(thread=thread, stars=stars))
    return made


@pytest.fixture
def other_product(product: Product) -> Product:
    return Product.objects.create(name="Tarn Cap", slug="tarn-cap", sku="AT-200", category=product.category)


def test_the_same_words_elsewhere_are_found_whatever_their_case(
    member: Member, other_member: Member, product: Product, other_product: Product
) -> None:
    first = write(member, product, body=LONG)
    second = write(other_member, other_product, body=LONG.upper().replace(",", " –"))
    assert look_at_what_is_new() == 2 and look_at_what_is_new() == 0
    assert kinds(first) == kinds(second) == {Kind.SAME_TEXT}
    assert second.signals.get().others == [first.pk]


def test_nearly_the_same_words_are_found(member: Member, other_member: Member, product: Product) -> None:
    first = write(member, product, body=LONG)
    second = write(other_member, product, body=LONG.replace("winter", "summer").replace("a little", "a bit"))
    look_at_what_is_new()
    assert kinds(first) == kinds(second) == {Kind.NEAR_TEXT}


def test_short_and_different_texts_are_left_alone(member: Member, other_member: Member, product: Product) -> None:
    first = write(member, product, body="Great product, fast delivery.")
    second = write(other_member, product, body="Great product, fast delivery!")
    look_at_what_is_new()
    assert not kinds(first) and not kinds(second)


def test_a_text_is_looked_at_again_when_it_changes(member: Member, other_member: Member, product: Product) -> None:
    write(member, product, body=LONG)
    second = write(other_member, product, body=BODY)
    look_at_what_is_new()
    assert not kinds(second)
    change(second, body=LONG)
    assert look_at_what_is_new() == 1 and kinds(second) == {Kind.SAME_TEXT}


@pytest.mark.parametrize(("young", "old", "is_crowd"), [(5, 0, True), (4, 0, False), (5, 6, False), (6, 6, True)])
def test_a_crowd_of_new_accounts_is_found(young: int, old: int, is_crowd: bool, product: Product) -> None:
    by_many(product, old, stars=3, joined_days_ago=90, hours_ago=2)
    new = by_many(product, young, stars=4, joined_days_ago=1)
    look_at_what_is_new()
    assert (Kind.NEW_ACCOUNTS in kinds(new[-1])) is is_crowd


@pytest.mark.parametrize("stars", range(1, 6))
def test_a_run_is_found_whatever_the_stars(stars: int, product: Product) -> None:
    run = by_many(product, 7, stars=stars)
    look_at_what_is_new()
    assert all(kinds(review) == {Kind.STAR_RUN} for review in run)
    assert {opening_of(review).status for review in run} == {Status.PUBLISHED}


def test_what_the_product_usually_gets_is_no_run(product: Product) -> None:
    for days in range(3, 60, 3):
        by_many(product, 6, stars=5, hours_ago=24 * days)
    usual = by_many(product, 7, stars=5)
    look_at(usual[-1].pk)
    assert Kind.STAR_RUN not in kinds(usual[-1])


def test_poisson_agrees_with_its_table() -> None:
    assert round(at_least(6, 2.0), 4) == 0.0166 and round(at_least(1, 0.5), 4) == 0.3935


def test_one_address_for_two_accounts_on_one_product_is_found(
    member: Member, other_member: Member, product: Product, as_: Clients
) -> None:
    for who, body in ((member, LONG), (other_member, BODY)):
        as_(who).post(f"/products/{product.slug}/review/", fields(body=body))
    look_at_what_is_new()
    assert all(kinds(review) == {Kind.SAME_ADDRESS} for review in Review.objects.all())


def test_of_an_address_only_a_keyed_hash_is_kept_for_90_days(review: Review) -> None:
    note_address(review, "192.0.2.7")
    kept = SentFrom.objects.get()
    assert "192.0.2.7" not in kept.digest and kept.digest == digest_of("192.0.2.7")
    assert purge_addresses() == 0
    SentFrom.objects.update(at=timezone.now() - timedelta(days=91))
    assert purge_addresses() == 1 and not SentFrom.objects.exists()


@pytest.mark.parametrize(
    ("words", "is_found"),
    [
        ("I received this for free in exchange for my honest review, and it is warm.", True),
        ("They gave me a gift card for leaving feedback, so here it is: a warm jumper.", True),
        ("I got it at a discount in the sale, and in return it has kept me warm for years.", False),
    ],
)
def test_a_reward_that_no_campaign_names_is_found(words: str, is_found: bool, member: Member, product: Product) -> None:
    written = write(member, product, body=words)
    look_at_what_is_new()
    assert (kinds(written) == {Kind.UNNAMED_REWARD}) is is_found


def test_a_signal_hides_nothing_and_moderators_alone_see_it(
    member: Member, other_member: Member, product: Product, moderator: Member, as_: Clients
) -> None:
    first, second = write(member, product, body=LONG), write(other_member, product, body=LONG)
    look_at_what_is_new()
    assert opening_of(first).is_published and opening_of(second).is_published
    desk = as_(moderator).get("/staff/moderation/?tab=signals").content.decode()
    assert "The same text stands elsewhere" in desk and f"/reviews/{first.pk}/" in desk
    assert "of 5 stars" not in desk and "out of 5" not in desk
    for who, is_told in ((None, False), (member, False), (moderator, True)):
        page = as_(who).get(f"/reviews/{second.pk}/").content.decode()
        assert ("The same text stands elsewhere" in page) is is_told


def test_a_moderator_puts_signals_away_and_the_log_says_so(
    member: Member, other_member: Member, product: Product, moderator: Member, as_: Clients
) -> None:
    first = write(member, product, body=LONG)
    write(other_member, product, body=LONG)
    look_at_what_is_new()
    for _ in range(2):
        assert as_(moderator).post(f"/staff/moderation/signals/{first.pk}/dismiss/").status_code == 302
    line = first.records.get(kind=ReviewRecord.Kind.KEPT)
    assert not kinds(first) and line.actor == moderator and line.evidence["signals"] == ["same_text"]
    third = write(make_member("zoe"), product, body=LONG)
    look_at(third.pk)
    assert kinds(first) == {Kind.SAME_TEXT}  # found again, with another copy
