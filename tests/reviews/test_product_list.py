"""The list of products."""

from collections.abc import Callable

import pytest
from django.conf import settings
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from community.members.models import Member
from community.products.models import Product, ProductCategory
from community.threads.models import Thread
from reviews.models import RatingSummary, Review
from reviews.product_list import PER_PAGE

pytestmark = pytest.mark.django_db
SITE = settings.SITE_URL


def add_products(number: int) -> list[Product]:
    shelf = ProductCategory.objects.get_or_create(name="Caps", slug="caps")[0]
    return [
        Product.objects.create(name=f"Cap {n:03}", slug=f"cap-{n}", sku=f"CAP-{n}", category=shelf)
        for n in range(number)
    ]


def names(client: Client, query: str = "") -> list[str]:
    return [product.name for product in client.get(f"/products/{query}").context["page"]]


def test_a_product_is_shown_with_its_rating_and_questions(client: Client, review: Review, question: Thread) -> None:
    page = client.get("/products/").content.decode()
    assert "Fell Jumper" in page
    assert "4.0 from 1 review" in page
    assert "1 question" in page


def test_a_shelf_shows_its_products_alone(client: Client, product: Product) -> None:
    add_products(2)
    page = client.get("/products/?category=knitwear").context["page"]
    assert [each.name for each in page] == ["Fell Jumper"]
    assert page.paginator.count == 1


@pytest.mark.parametrize(
    "query", ["?category=hats", "?page=0", "?page=2", "?page=x", "?page=-1", "?page=9999999999999"]
)
def test_what_does_not_exist_is_not_found(client: Client, product: Product, query: str) -> None:
    assert client.get(f"/products/{query}").status_code == 404


def test_products_come_best_rated_first_and_unrated_last(client: Client) -> None:
    few, many, bad, none = add_products(4)
    RatingSummary.objects.create(product=few, stars_5=1)
    RatingSummary.objects.create(product=many, stars_5=40, stars_4=10)
    RatingSummary.objects.create(product=bad, stars_1=5)
    assert names(client) == [product.name for product in (many, few, bad, none)]


def test_products_come_in_the_order_asked_for(client: Client) -> None:
    first, second = add_products(2)
    RatingSummary.objects.create(product=second, stars_1=9)
    assert names(client, "?sort=reviews") == [second.name, first.name]
    assert names(client, "?sort=newest") == [second.name, first.name]
    assert names(client, "?sort=name") == [first.name, second.name]
    assert names(client, "?sort=nonsense") == names(client)


def test_a_product_no_longer_made_leaves_the_list_and_keeps_its_page(client: Client, product: Product) -> None:
    Product.objects.update(is_discontinued=True)
    assert names(client) == []
    assert "no longer made" in client.get("/products/fell-jumper/").content.decode()


def test_only_the_plain_list_is_for_search_engines(client: Client) -> None:
    add_products(PER_PAGE + 1)
    second = client.get("/products/?page=2").content.decode()
    assert f'<link rel="canonical" href="{SITE}/products/?page=2">' in second
    assert "noindex" not in second
    sorted_ = client.get("/products/?sort=name&category=caps&page=2").content.decode()
    assert f'<link rel="canonical" href="{SITE}/products/?page=2">' in sorted_
    assert "noindex" in sorted_


def test_pages_keep_the_shelf_and_the_order(client: Client) -> None:
    add_products(PER_PAGE + 1)
    assert (
        'href="?category=caps&amp;sort=name&amp;page=2"'
        in client.get("/products/?category=caps&sort=name").content.decode()
    )


def test_an_empty_list_says_so(client: Client) -> None:
    assert "No products yet" in client.get("/products/").content.decode()


@pytest.mark.parametrize("number", [3, 300])
def test_the_list_costs_the_same_however_long(
    as_: Callable[[Member | None], Client],
    member: Member,
    number: int,
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    RatingSummary.objects.bulk_create(RatingSummary(product=product, stars_3=2) for product in add_products(number))
    for who, most in ((None, 4), (member, 4)):
        client = as_(who)
        client.get("/products/?page=1&warm")
        with django_assert_max_num_queries(most):
            assert client.get("/products/").status_code == 200
