"""The photos of a product's reviews: the strip on its page, and the page of all."""

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from community.products.models import Product
from community.threads.models import Attachment, Status
from community.threads.publishing import set_status
from tests.reviews.product_page import PAGE, load_reviews, text_of
from tests.reviews.writing import opening_of

pytestmark = pytest.mark.django_db
PHOTOS = f"{PAGE}photos/"


def test_each_photo_leads_to_its_review_and_names_its_large_picture(client: Client, product: Product) -> None:
    (review,) = load_reviews(product, [{"stars": 4, "photo": True, "name_shown": "initials"}])
    photo = Attachment.objects.get()
    for path in (PAGE, PHOTOS):
        page = text_of(client, path)
        assert f'<a href="/reviews/{review.pk}/" data-large="{photo.large.url}"' in page
        assert 'data-by="4 of 5 stars, R. N."' in page
        assert "Reviewer Number0" not in page


def test_the_newest_reviews_photos_come_first_and_the_strip_has_twelve(client: Client, product: Product) -> None:
    load_reviews(product, [{"stars": 4, "photo": True, "days": 30 - n} for n in range(14)])
    assert [photo.title for photo in client.get(PAGE).context["strip"]] == [f"Review {n}" for n in range(13, 1, -1)]
    assert len(client.get(PHOTOS).context["photos"]) == 14
    assert f'href="{PHOTOS}"' in text_of(client)


@pytest.mark.parametrize("status", [Status.HELD, Status.HIDDEN, Status.REMOVED])
def test_photos_of_a_review_that_nobody_can_read_are_not_shown(client: Client, product: Product, status: str) -> None:
    (review,) = load_reviews(product, [{"stars": 4, "photo": True}])
    set_status(opening_of(review), status)
    assert Attachment.objects.get().large.url not in text_of(client, PHOTOS)


def test_a_product_without_photos_has_a_page_that_says_so(client: Client, product: Product) -> None:
    page = text_of(client, PHOTOS)
    assert "Nobody has added one yet." in page
    assert "noindex" in page


@pytest.mark.parametrize("path", [f"{PHOTOS}?page=2", f"{PHOTOS}?page=x", "/products/none/photos/"])
def test_what_does_not_exist_is_not_found(client: Client, product: Product, path: str) -> None:
    assert client.get(path).status_code == 404


@pytest.mark.parametrize("number", [2, 40])
def test_the_page_costs_the_same_however_many(
    client: Client, product: Product, number: int, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    load_reviews(product, [{"stars": 4, "photo": True} for _ in range(number)])
    client.get(f"{PHOTOS}?warm")
    with django_assert_max_num_queries(4):
        client.get(PHOTOS)
