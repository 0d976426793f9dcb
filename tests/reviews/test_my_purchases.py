"""What a member bought and wrote, on a page of their own; never what somebody else bought."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from community.members.models import Member
from community.products.models import Product, Purchase
from community.threads.drafting import save_draft
from community.threads.models import Status
from community.threads.publishing import set_status
from community.threads.withdrawing import withdraw
from reviews.models import Review
from tests.conftest import long_ago
from tests.reviews.writing import opening_of, write

pytestmark = pytest.mark.django_db
BOUGHT, WRITTEN = "/purchases/", "/purchases/reviews/"
Clients = Callable[[Member | None], Client]


def buy(product: Product, reference: str = "A-1", **fields: Any) -> Purchase:
    bought = {"email": "mara@example.com", "purchased_at": timezone.now() - timedelta(days=40)}
    return Purchase.objects.create(product=product, reference=reference, **bought | fields)


def text_of(client: Client, path: str = BOUGHT) -> str:
    return " ".join(client.get(path).content.decode().split())


def another(product: Product, name: str) -> Product:
    return Product.objects.create(name=name, slug=name.lower(), sku=name, category=product.category)


def test_what_was_bought_leads_to_the_form_with_one_click(as_: Clients, member: Member, product: Product) -> None:
    buy(product, email="MARA@example.com")
    page = text_of(as_(member))
    assert "Fell Jumper" in page
    assert 'href="/products/fell-jumper/review/"' in page


def test_what_was_reviewed_shows_its_stars_instead(as_: Clients, member: Member, product: Product) -> None:
    buy(product)
    review = write(member, product, stars=2)
    page = text_of(as_(member))
    assert f'href="/reviews/{review.pk}/"' in page
    assert "2 out of 5 stars" in page
    assert 'href="/products/fell-jumper/review/"' not in page


def test_what_was_bought_twice_stands_there_once(as_: Clients, member: Member, product: Product) -> None:
    buy(product)
    buy(product, "A-2")
    assert len(as_(member).get(BOUGHT).context["page"].object_list) == 1


def test_nobody_sees_what_another_bought(as_: Clients, member: Member, other_member: Member, product: Product) -> None:
    buy(product, member=other_member)
    buy(another(product, "Cap"), "A-2", email="stranger@example.com")
    page = text_of(as_(member))
    assert "Fell Jumper" not in page
    assert "Cap" not in page


def test_an_address_that_was_only_claimed_shows_nothing_of_its_orders(
    as_: Clients, member: Member, product: Product
) -> None:
    EmailAddress.objects.create(user=member, email="rich@example.com", verified=False)
    buy(product, email="rich@example.com")
    page = text_of(as_(member))
    assert "Fell Jumper" not in page
    assert "is not proven yet" in page
    assert "We know of no order of yours yet" in page


def test_a_proven_second_address_shows_its_orders(as_: Clients, member: Member, product: Product) -> None:
    EmailAddress.objects.create(user=member, email="rich@example.com", verified=True)
    buy(product, email="Rich@Example.com")
    assert "Fell Jumper" in text_of(as_(member))


def test_an_order_that_belongs_to_another_account_stays_theirs(
    as_: Clients, member: Member, other_member: Member, product: Product
) -> None:
    buy(product, member=other_member, email="mara@example.com")
    assert "Fell Jumper" not in text_of(as_(member))


def test_what_was_given_back_says_so_and_can_be_reviewed(as_: Clients, member: Member, product: Product) -> None:
    buy(product, refunded_at=timezone.now())
    page = text_of(as_(member))
    assert "Given back" in page
    assert "Review it" in page


def test_what_was_begun_can_be_gone_on_with_or_thrown_away(as_: Clients, member: Member, product: Product) -> None:
    save_draft(by=member, place=f"review:{product.pk}", fields={"title": "Half a thought"})
    for path in (BOUGHT, WRITTEN):
        assert "Half a thought" in text_of(as_(member), path)
    client = as_(member)
    client.post("/drafts/discard/", {"place": f"review:{product.pk}"})
    assert "Half a thought" not in text_of(client)


def test_a_begun_review_of_a_deleted_product_keeps_its_text(as_: Clients, member: Member, product: Product) -> None:
    cap = another(product, "Cap")
    save_draft(by=member, place=f"review:{cap.pk}", fields={"body": "It sat well in the wind"})
    cap.delete()
    assert "It sat well in the wind" in text_of(as_(member))


def test_a_begun_change_leads_back_to_its_review(as_: Clients, member: Member, product: Product) -> None:
    opening = opening_of(write(member, product))
    save_draft(by=member, place=f"edit:{opening.pk}-1", fields={"title": "Second thoughts"})
    page = text_of(as_(member), WRITTEN)
    assert "Go on changing your review of" in page
    assert "Second thoughts" in page


def test_a_begun_update_leads_back_to_it(as_: Clients, member: Member, product: Product) -> None:
    review = write(member, product)
    save_draft(by=member, place=f"update:{review.pk}", fields={"body": "The elbows have worn thin"})
    page = text_of(as_(member), WRITTEN)
    assert f'href="/reviews/{review.pk}/update/"' in page
    assert "The elbows have worn thin" in page


def test_a_draft_about_a_product_is_not_taken_for_a_change_of_the_same_number(
    as_: Clients, member: Member, product: Product
) -> None:
    opening = opening_of(write(member, product))
    cap = another(product, "Tarn")
    type(opening).objects.filter(pk=opening.pk).update(id=cap.pk)
    save_draft(by=member, place=f"edit:{cap.pk}-1", fields={"title": "One"})
    save_draft(by=member, place=f"review:{cap.pk}", fields={"title": "Two"})
    begun = as_(member).get(BOUGHT).context["begun"]
    assert {(one.product.name, one.title) for one in begun} == {("Fell Jumper", "One"), ("Tarn", "Two")}


def test_nobody_gets_anothers_review_by_a_draft_that_names_it(as_: Clients, member: Member, review: Review) -> None:
    for place in (f"edit:{opening_of(review).pk}-1", f"update:{review.pk}"):
        save_draft(by=member, place=place, fields={"title": "Mine?"})
    assert as_(member).get(BOUGHT).context["begun"] == []


def test_strange_drafts_do_no_harm(as_: Clients, member: Member, product: Product) -> None:
    for place in ("review:x", "review:" + "9" * 27, "edit:abc-1", "edit:5-1", "review:-5"):
        save_draft(by=member, place=place, fields={"title": ["a", "b"], "body": "x"})
    assert as_(member).get(BOUGHT).status_code == 200


@pytest.mark.parametrize(
    ("status", "words"),
    [("published", "Change"), ("held", "Change"), ("hidden", "Change"), ("removed", "Mend and send in again")],
)
def test_my_reviews_say_what_became_of_each(
    as_: Clients, member: Member, product: Product, status: str, words: str
) -> None:
    set_status(opening_of(write(member, product)), status, reason="Advertising")
    page = text_of(as_(member), WRITTEN)
    assert "Kept its shape" in page
    assert words in page
    assert ("The reason: Advertising" in page) == (status == "removed")


def test_a_removed_review_is_not_offered_for_mending_after_a_week(
    as_: Clients, member: Member, product: Product
) -> None:
    opening = opening_of(write(member, product))
    set_status(opening, Status.REMOVED, reason="Advertising")
    type(opening).objects.update(status_at=timezone.now() - timedelta(days=8))
    page = text_of(as_(member), WRITTEN)
    assert "Mend" not in page
    assert "The reason: Advertising" in page


def test_a_deleted_review_can_be_brought_back_from_here(as_: Clients, member: Member, product: Product) -> None:
    opening = opening_of(write(member, product))
    withdraw(by=member, post=opening)
    client = as_(member)
    assert f"/posts/{opening.pk}/restore/" in text_of(client, WRITTEN)
    client.post(f"/posts/{opening.pk}/restore/")
    assert opening_of(Review.objects.get()).is_published


def test_an_update_is_offered_after_a_month_and_announced_before(
    as_: Clients, member: Member, product: Product
) -> None:
    review = write(member, product)
    assert "An update can be added from" in text_of(as_(member), WRITTEN)
    long_ago(review.thread, hours=24 * 31)
    assert f"/reviews/{review.pk}/update/" in text_of(as_(member), WRITTEN)


def test_nobody_sees_anothers_reviews(as_: Clients, member: Member, review: Review) -> None:
    assert "You have not reviewed anything yet" in text_of(as_(member), WRITTEN)


def test_both_pages_cost_the_same_for_three_as_for_twenty(as_: Clients, member: Member, product: Product) -> None:
    def cost(path: str) -> int:
        client = as_(member)
        client.get(path)
        with CaptureQueriesContext(
            connection,
        ) as asked:
            client.get(path)
        return len(asked)

    def add(numbers: range) -> None:
        for number in numbers:
            made = another(product, f"P{number}")
            buy(made, f"B-{number}")
            write(member, made, body=f"Worn for {number} wet winters, and it has kept its shape.")
            long_ago(Review.objects.get(thread__product=made).thread, hours=48)

    add(range(3))
    few = [cost(BOUGHT), cost(WRITTEN)]
    add(range(3, 12))
    assert [cost(BOUGHT), cost(WRITTEN)] == few
    assert max(few) <= 12


def test_strangers_are_sent_to_sign_in(client: Client) -> None:
    assert client.get(BOUGHT).url == f"/accounts/login/?next={BOUGHT}"


def test_it_is_found_from_the_menu_the_product_and_ones_own_page(
    as_: Clients, member: Member, product: Product
) -> None:
    client = as_(member)
    for path in ("/", "/products/fell-jumper/", "/members/mara/"):
        assert 'href="/purchases/"' in text_of(client, path)
