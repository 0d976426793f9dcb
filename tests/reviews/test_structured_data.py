"""What search engines are told about products and reviews."""

import json
import re
from typing import Any

import pytest
from django.conf import settings
from django.test import Client

from community.members.models import Member
from community.products.models import Product
from community.threads.models import Status
from community.threads.posting import add_answer
from community.threads.publishing import set_status
from reviews.models import Review
from tests.reviews.writing import change, opening_of, write

pytestmark = pytest.mark.django_db
SITE = settings.SITE_URL
PAGE = "/products/fell-jumper/"


def data_of(client: Client, path: str = PAGE) -> dict[str, Any]:
    """By type."""
    page = client.get(path).content.decode()
    (script,) = re.findall(r'<script type="application/ld\+json">(.*?)</script>', page, re.DOTALL)
    return {part["@type"]: part for part in json.loads(script)}


def test_a_rated_product_tells_its_rating_by_review_count_alone(client: Client, review: Review) -> None:
    product = data_of(client)["Product"]
    assert product["name"] == "Fell Jumper"
    assert product["aggregateRating"] == {
        "@type": "AggregateRating", "ratingValue": 4.0, "reviewCount": 1, "bestRating": 5, "worstRating": 1,
    }  # fmt: skip
    assert "ratingCount" not in product["aggregateRating"]


def test_a_review_on_the_page_is_told_whole(client: Client, review: Review) -> None:
    (told,) = data_of(client)["Product"]["review"]
    assert told["author"] == {"@type": "Person", "name": "Tomas Berg", "url": f"{SITE}/members/tomas/"}
    assert told["reviewRating"] == {"@type": "Rating", "ratingValue": 4, "bestRating": 5, "worstRating": 1}
    assert told["reviewBody"] == "Warm on the hill, a bit long in the arm."
    assert told["datePublished"] == opening_of(review).created_at.isoformat()
    assert told["url"] == f"{SITE}/reviews/{review.pk}/"


def test_a_product_without_reviews_is_no_product_snippet(client: Client, product: Product) -> None:
    assert set(data_of(client)) == {"BreadcrumbList"}


def test_nothing_hidden_is_told(client: Client, review: Review) -> None:
    set_status(opening_of(review), Status.HIDDEN)
    assert set(data_of(client)) == {"BreadcrumbList"}


def test_the_companys_people_and_replies_are_not_told_as_reviews(
    client: Client, responder: Member, review: Review, product: Product
) -> None:
    write(responder, product)
    add_answer(by=responder, thread=review.thread, body="Thank you for the kind words.", is_official=True)
    assert len(data_of(client)["Product"]["review"]) == 1


def test_a_chosen_name_is_told_without_an_address(client: Client, review: Review) -> None:
    change(review, name_shown="first")
    (told,) = data_of(client)["Product"]["review"]
    assert told["author"] == {"@type": "Person", "name": "Tomas B."}


def test_a_reviews_own_page_tells_it_with_its_product(client: Client, review: Review) -> None:
    product = data_of(client, f"/reviews/{review.pk}/")["Product"]
    assert [told["name"] for told in product["review"]] == ["Warm and honest"]
    assert "aggregateRating" not in product


def test_the_way_here_is_told(client: Client, review: Review) -> None:
    crumbs = data_of(client, f"/reviews/{review.pk}/")["BreadcrumbList"]["itemListElement"]
    assert [(crumb["position"], crumb["name"]) for crumb in crumbs] == [
        (1, "Products"), (2, "Fell Jumper"), (3, "Warm and honest"),
    ]  # fmt: skip
    assert crumbs[1]["item"] == f"{SITE}/products/fell-jumper/"


def test_no_text_can_end_the_script(client: Client, member: Member, product: Product) -> None:
    write(member, product, title="</script><script>alert(1)</script> & <!--")
    assert data_of(client)["Product"]["review"][0]["name"] == "</script><script>alert(1)</script> & <!--"


def test_members_are_not_told_what_is_for_robots(member: Member, review: Review) -> None:
    client = Client()
    client.force_login(member, backend="django.contrib.auth.backends.ModelBackend")
    assert b"ld+json" not in client.get(PAGE).content


@pytest.mark.parametrize(("query", "is_indexed"), [("", True), ("?stars=4", False), ("?sort=newest", False)])
def test_only_the_plain_list_is_for_search_engines(
    client: Client, review: Review, query: str, is_indexed: bool
) -> None:
    page = client.get(PAGE + query).content.decode()
    assert ("noindex" not in page) is is_indexed
    assert f'<link rel="canonical" href="{SITE}/products/fell-jumper/">' in page


def test_a_page_shared_elsewhere_has_a_title_and_an_address(client: Client, review: Review) -> None:
    page = client.get(PAGE).content.decode()
    assert '<meta property="og:title" content="Fell Jumper: 4.0 out of 5 from 1 review">' in page
    assert f'<meta property="og:url" content="{SITE}/products/fell-jumper/">' in page
