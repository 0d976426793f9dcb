"""The reviews on a product's page, filtered, in order, page by page."""

from typing import Any

import pytest
from django.test import Client

from community.products.models import Product
from reviews.models import AttributeRating, Review, ReviewAttribute
from reviews.rating import recount
from tests.reviews.product_page import PAGE, load_reviews, text_of, titles

pytestmark = pytest.mark.django_db


ROWS: list[dict[str, Any]] = [
    {"stars": 5, "verified": True, "photo": True, "votes": (5, 5), "days": 9},
    {"stars": 4, "verified": True, "votes": (9, 10), "days": 3},
    {"stars": 4, "photo": True, "votes": (1, 1), "days": 2},
    {"stars": 1, "verified": True, "photo": True, "votes": (0, 2), "days": 5},
]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("", [1, 0, 2, 3]),
        ("?sort=newest", [2, 1, 3, 0]),
        ("?sort=oldest", [0, 3, 1, 2]),
        ("?sort=highest", [0, 1, 2, 3]),
        ("?sort=lowest", [3, 1, 2, 0]),
        ("?stars=4", [1, 2]),
        ("?verified=1", [1, 0, 3]),
        ("?photos=1", [0, 2, 3]),
        ("?verified=1&photos=1&sort=lowest", [3, 0]),
        ("?stars=4&verified=1&photos=1", []),
        ("?sort=photos", [0, 2, 3, 1]),
        ("?stars=9&verified=yes&sort=stars", [1, 0, 2, 3]),
    ],
)
def test_filters_combine_with_each_other_and_the_order(
    client: Client, product: Product, query: str, expected: list[int]
) -> None:
    load_reviews(product, [dict(row) for row in ROWS])
    assert titles(client, query) == [f"Review {number}" for number in expected]


def test_a_filtered_list_says_how_many_remain_and_how_to_see_all(client: Client, product: Product) -> None:
    load_reviews(product, [dict(row) for row in ROWS])
    page = " ".join(text_of(client, f"{PAGE}?verified=1&sort=newest").split())
    assert "<strong>3 of 4 reviews</strong>: Verified purchase." in page
    assert 'href="?sort=newest#reviews">Show all' in page


def test_filters_and_order_survive_paging(client: Client, product: Product) -> None:
    load_reviews(product, [{"stars": 4, "verified": True} for _ in range(11)])
    page = text_of(client, f"{PAGE}?stars=4&verified=1&sort=oldest")
    assert 'href="?stars=4&amp;verified=1&amp;sort=oldest&amp;page=2#reviews"' in page
    assert titles(client, "?stars=4&verified=1&sort=oldest&page=2") == ["Review 0"]


def test_ten_reviews_a_page(client: Client, product: Product) -> None:
    load_reviews(product, [{"stars": 4} for _ in range(11)])
    assert len(titles(client)) == 10
    assert len(titles(client, "?page=2")) == 1


@pytest.mark.parametrize("query", ["?page=0", "?page=2", "?page=two", "?page=", "?stars=5&page=2", "?page=1e9"])
def test_a_page_that_does_not_exist_is_not_found(client: Client, review: Review, query: str) -> None:
    assert client.get(PAGE + query).status_code == 404


def test_an_unknown_product_is_not_found(client: Client) -> None:
    assert client.get("/products/no-such-thing/").status_code == 404


def test_a_filter_that_leaves_nothing_says_so(client: Client, review: Review) -> None:
    assert "No review fits all of that" in text_of(client, f"{PAGE}?stars=1")


def load_fits(product: Product, fit: ReviewAttribute, *values: int) -> None:
    reviews = load_reviews(product, [{"stars": 4} for _ in values])
    rows = [
        AttributeRating(review=review, attribute=fit, value=value)
        for review, value in zip(reviews, values, strict=True)
    ]
    AttributeRating.objects.bulk_create(rows)
    recount(product.pk)


def test_fit_is_a_place_between_small_and_large_with_counts(
    client: Client, product: Product, fit: ReviewAttribute
) -> None:
    load_fits(product, fit, 1, 3, 3, 4)
    (bar,) = client.get(PAGE).context["attributes"]
    assert (bar.is_scale, bar.mean, bar.verdict, bar.at) == (True, 2.8, "True to size", 46.0)
    assert [step.count for step in bar.steps] == [1, 0, 2, 1, 0]
    assert [step.words for step in bar.steps][:2] == ["Fit: Runs small", "Fit: 2 of 5"]


def test_quality_is_a_bar(client: Client, product: Product, fit: ReviewAttribute) -> None:
    ReviewAttribute.objects.update(kind="quality")
    load_fits(product, fit, 5, 4)
    (bar,) = client.get(PAGE).context["attributes"]
    assert (bar.is_scale, bar.mean, bar.at, bar.verdict) == (False, 4.5, 90.0, "")


def test_what_was_said_of_an_attribute_filters_and_is_said_on_the_card(
    client: Client, product: Product, fit: ReviewAttribute
) -> None:
    load_fits(product, fit, 1, 3, 1)
    link = client.get(PAGE).context["attributes"][0].steps[0].url
    assert link == "?attribute=fit-1#reviews"
    assert titles(client, "?attribute=fit-1") == ["Review 0", "Review 2"]
    assert titles(client, "?attribute=fit-1&stars=5") == []
    page = " ".join(text_of(client, f"{PAGE}?attribute=fit-1").split())
    assert "<strong>2 of 3 reviews</strong>: Fit: Runs small." in page
    assert page.count("<span>Fit: Runs small</span>") == 2


@pytest.mark.parametrize("query", ["fit-9", "fit-0", "fit", "warmth-1", "fit-1%27", ""])
def test_an_attribute_that_makes_no_sense_is_passed_over(
    client: Client, product: Product, fit: ReviewAttribute, query: str
) -> None:
    load_fits(product, fit, 1, 3)
    assert len(titles(client, f"?attribute={query}")) == 2
