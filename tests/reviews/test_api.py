"""What a shop's script reads: all of a product's reviews, by the rules of the page, from listed shops."""

from typing import Any
from uuid import uuid4

import pytest
from django.conf import settings
from django.test import Client

from community.members.models import Member
from community.products.models import Product
from community.threads.attaching import take_photo
from community.threads.models import Edition, Status
from community.threads.posting import add_answer
from community.threads.publishing import set_status
from reviews.models import AttributeRating, Review, ReviewAttribute, ShopOrigin
from reviews.rating import recount
from tests.conftest import make_member
from tests.reviews.writing import change, opening_of, picture, write

pytestmark = pytest.mark.django_db
SITE = settings.SITE_URL
REVIEWS, SUMMARY = "/api/products/fell-jumper/reviews.json", "/api/products/fell-jumper/summary.json"
SHOP = "https://shop.example.com"


@pytest.fixture
def shop() -> ShopOrigin:
    return ShopOrigin.objects.create(origin=SHOP)


@pytest.fixture
def many(product: Product) -> None:
    for number in range(12):
        write(make_member(f"reader{number}"), product, stars=number % 5 + 1)


def read(client: Client, address: str = REVIEWS) -> Any:
    return client.get(address).json()


def test_a_review_is_told_whole_and_under_the_name_it_shows(client: Client, review: Review) -> None:
    change(review, name_shown="first", pros="Warm")
    (told,) = read(client)["reviews"]
    assert told | {"edited": None, "posted": ""} == {
        "id": review.pk, "url": f"{SITE}/reviews/{review.pk}/", "stars": 4, "is_counted": True,
        "title": "Warm and honest", "text": "Warm on the hill, a bit long in the arm.", "pros": "Warm", "cons": "",
        "recommends": None, "author": "Tomas B.", "posted": "", "used": None, "edited": None, "labels": [],
        "helpful": 0, "attributes": [], "photos": [], "updates": [], "replies": [],
    }  # fmt: skip
    assert told["posted"] == opening_of(review).created_at.isoformat()
    assert "tomas" not in client.get(REVIEWS).content.decode()


def test_labels_photos_and_the_companys_reply_are_told(client: Client, responder: Member, review: Review) -> None:
    Review.objects.filter(pk=review.pk).update(is_incentivised=True)
    add_answer(by=responder, thread=review.thread, body="Thank you, Tomas.\n\nWe mend arms.", is_official=True)
    (told,) = read(client)["reviews"]
    assert [label["code"] for label in told["labels"]] == ["incentivised"]
    assert told["replies"][0]["text"] == "Thank you, Tomas.\n\nWe mend arms."


def test_photos_are_told_with_whole_addresses(client: Client, regular: Member, product: Product) -> None:
    photo = take_photo(by=regular, upload=picture(), alt="On the hill")
    write(regular, product, photos=[photo])
    (told,) = read(client)["reviews"][0]["photos"]
    assert told["url"].startswith(f"{SITE}/media/")
    assert (told["width"], told["height"], told["alt"]) == (40, 30, "On the hill")


@pytest.mark.usefixtures("many")
def test_all_pages_together_are_all_reviews_each_once(client: Client) -> None:
    first = read(client)
    second = read(client, first["next"].removeprefix(SITE))
    assert (first["count"], first["pages"], len(first["reviews"]), first["previous"]) == (12, 2, 10, None)
    assert (second["page"], second["next"], second["previous"]) == (2, None, f"{SITE}{REVIEWS}?page=1")
    told = [one["id"] for one in first["reviews"] + second["reviews"]]
    assert sorted(told) == sorted(Review.objects.values_list("pk", flat=True))


@pytest.mark.usefixtures("many")
def test_a_filter_and_an_order_stay_from_page_to_page(client: Client) -> None:
    found = read(client, f"{REVIEWS}?sort=lowest")
    assert found["next"] == f"{SITE}{REVIEWS}?sort=lowest&page=2"
    assert {one["stars"] for one in read(client, f"{REVIEWS}?stars=1")["reviews"]} == {1}


def test_an_update_and_what_is_said_of_attributes_are_told(client: Client, review: Review) -> None:
    fit = ReviewAttribute.objects.create(
        category=review.product.category, name="Fit", slug="fit", kind="fit", low_label="Runs small",
        middle_label="True to size", high_label="Runs large",
    )  # fmt: skip
    AttributeRating.objects.create(review=review, attribute=fit, value=1)
    recount(review.product.pk)
    later = opening_of(review)
    later.pk, later.kind, later.body_html, later._state.adding = None, "update", "<p>The cuffs went.</p>", True
    later.submission_key = uuid4()
    later.save()
    Edition.advance()
    (told,) = read(client, f"{REVIEWS}?attribute=fit-1&q=hill")["reviews"]
    assert told["attributes"] == ["Fit: Runs small"]
    assert [update["text"] for update in told["updates"]] == ["The cuffs went."]
    assert read(client, SUMMARY)["attributes"][0] | {"mean": 0} == {
        "name": "Fit", "mean": 0, "count": 1, "steps": [1, 0, 0, 0, 0],
        "low": "Runs small", "middle": "True to size", "high": "Runs large",
    }  # fmt: skip


@pytest.mark.usefixtures("many")
def test_a_long_list_takes_as_many_queries_as_a_short_one(
    client: Client, django_assert_num_queries: Any, shop: ShopOrigin
) -> None:
    with django_assert_num_queries(7):  # Edition, product, reviews, photos, attributes, replies; the list of shops
        client.get(REVIEWS, headers={"Origin": SHOP})


def test_what_is_hidden_is_not_told_again(client: Client, review: Review) -> None:
    assert read(client)["count"] == 1
    set_status(opening_of(review), Status.HIDDEN)
    assert read(client) | {"product": 0, "urls": 0} == {
        "product": 0, "count": 0, "page": 1, "pages": 1, "per_page": 10, "sort": "helpful", "next": None,
        "previous": None, "reviews": [], "urls": 0,
    }  # fmt: skip


@pytest.mark.usefixtures("many")
def test_the_summary_is_of_all_stars_without_our_own_staff(client: Client, responder: Member, product: Product) -> None:
    write(responder, product, stars=5)
    told = read(client, SUMMARY)
    assert (told["count"], told["listed"], told["mean"]) == (12, 13, 2.8)
    assert told["histogram"] == {"5": 2, "4": 2, "3": 2, "2": 3, "1": 3}
    assert "plain mean" in told["how_calculated"]
    assert told["urls"]["how_reviews_work"] == f"{SITE}/reviews/how-reviews-work/"


def test_a_product_without_reviews_has_no_mean(client: Client, product: Product) -> None:
    told = read(client, SUMMARY)
    assert (told["mean"], told["count"], told["recommend"]["share"]) == (None, 0, None)
    assert read(client)["reviews"] == []


@pytest.mark.parametrize(
    ("address", "status", "sentence"),
    [
        ("/api/products/no-such-thing/reviews.json", 404, "There is no product “no-such-thing”"),
        (f"{REVIEWS}?page=2", 404, "There is no page 2"),
        (f"{REVIEWS}?page=two", 404, "There is no page two"),
        (f"{REVIEWS}?page={'9' * 5000}", 404, "Begin with page=1"),
        (f"{REVIEWS}?stars=6", 400, "It may be: 1, 2, 3, 4 or 5"),
        (f"{REVIEWS}?stars=0", 400, "“stars=0” makes no sense"),
        (f"{REVIEWS}?min_stars=4", 400, "There is no parameter “min_stars”"),
        (f"{REVIEWS}?attribute=fit-9", 400, "a step of an attribute"),
        (f"{REVIEWS}?q=%20", 400, "It may be: words"),
        (f"{REVIEWS}?sort=best", 400, "It may be: helpful, newest"),
        (f"{SUMMARY}?stars=5", 400, "takes no parameter"),
    ],
)
def test_bad_questions_are_answered_by_a_sentence(
    client: Client, review: Review, shop: ShopOrigin, address: str, status: int, sentence: str
) -> None:
    response = client.get(address, headers={"Origin": SHOP})
    assert response.status_code == status
    assert sentence in response.json()["error"]["message"]
    assert response["Access-Control-Allow-Origin"] == SHOP


def test_nothing_can_be_sent(review: Review) -> None:
    response = Client(enforce_csrf_checks=True).post(REVIEWS, {"stars": 5})
    assert (response.status_code, response["Allow"]) == (405, "GET, HEAD, OPTIONS")
    assert response.json()["error"]["code"] == "not_allowed"


@pytest.mark.parametrize(
    "origin", ["https://other.example.com", "http://shop.example.com", f"{SHOP}:8443", f"{SHOP}.evil.example", "null"]
)
def test_only_a_listed_shops_scripts_may_read_and_everybody_gets_the_same(
    client: Client, review: Review, shop: ShopOrigin, origin: str
) -> None:
    listed, other = (client.get(REVIEWS, headers={"Origin": one}) for one in (SHOP, origin))
    assert listed["Access-Control-Allow-Origin"] == SHOP
    assert "Access-Control-Allow-Origin" not in other
    assert listed.content == other.content
    assert "Origin" in listed["Vary"] and "Origin" in other["Vary"]
    assert "Access-Control-Allow-Credentials" not in listed


def test_a_browser_may_ask_before_it_asks(client: Client, product: Product, shop: ShopOrigin) -> None:
    response = client.options(REVIEWS, headers={"Origin": SHOP, "Access-Control-Request-Method": "GET"})
    assert (response.status_code, response["Access-Control-Allow-Methods"]) == (204, "GET, HEAD, OPTIONS")
    stranger = client.options(REVIEWS, headers={"Origin": "https://other.example.com"})
    assert stranger.status_code == 204 and "Access-Control-Allow-Methods" not in stranger


def test_a_shop_taken_off_the_list_is_off_at_once(as_: Any, admin: Member, review: Review, shop: ShopOrigin) -> None:
    stranger = Client()
    assert "Access-Control-Allow-Origin" in stranger.get(REVIEWS, headers={"Origin": SHOP})
    as_(admin).post(f"/admin/reviews/shoporigin/{shop.pk}/delete/", {"post": "yes"})
    assert not ShopOrigin.objects.exists()
    assert "Access-Control-Allow-Origin" not in stranger.get(REVIEWS, headers={"Origin": SHOP})


def test_who_has_it_already_gets_nothing_until_it_changes(client: Client, review: Review) -> None:
    etag = client.get(REVIEWS)["ETag"]
    same = client.get(REVIEWS, headers={"If-None-Match": f"W/{etag}"})
    assert (same.status_code, same.content, same["Cache-Control"]) == (304, b"", "public, max-age=60")
    change(review, title="Warm, but long")
    assert client.get(REVIEWS, headers={"If-None-Match": etag}).status_code == 200


def test_a_kept_answer_costs_the_editions_query(
    client: Client, review: Review, shop: ShopOrigin, django_assert_num_queries: Any
) -> None:
    client.get(REVIEWS, headers={"Origin": SHOP})
    with django_assert_num_queries(1):
        assert client.get(REVIEWS, headers={"Origin": SHOP}).json()["count"] == 1


def test_no_cookie_is_set_or_read(as_: Any, member: Member, review: Review, django_assert_num_queries: Any) -> None:
    known = as_(member)
    for address in (REVIEWS, SUMMARY):
        response = known.get(address)
        assert not response.cookies and "Cookie" not in response["Vary"]
        assert response.content == Client().get(address).content


def test_an_edition_ends_what_is_kept(client: Client, product: Product) -> None:
    assert read(client)["product"]["name"] == "Fell Jumper"
    Product.objects.update(name="Fell Jumper II")
    Edition.advance()
    assert read(client)["product"]["name"] == "Fell Jumper II"
