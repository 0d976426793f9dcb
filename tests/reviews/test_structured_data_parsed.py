"""Pages of products and reviews read by a real parser and checked by Google's rules for review snippets.

The parser is @marbec/web-auto-extractor, the rules are @adobe/structured-data-validator: both read no line of ours.
"""

import json
import re
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from django.utils import timezone

from community.members.models import Member
from community.products.models import Product, ProductCategory
from community.threads.models import Edition, Status
from community.threads.posting import add_answer
from community.threads.publishing import set_status
from reviews.models import Review
from tests.conftest import make_member
from tests.reviews.writing import change, opening_of, write

pytestmark = pytest.mark.django_db
READER = Path("tests/structured_data.mjs")
PACKAGES = Path("node_modules/@adobe/structured-data-validator"), Path("node_modules/@marbec/web-auto-extractor")
SITE, PAGE = settings.SITE_URL, "/products/fell-jumper/"
Read = Callable[..., list[dict[str, Any]]]


@pytest.fixture
def read(client: Client, tmp_path: Path) -> Read:
    """`read(path, …)`: by path what was found (by type) and what is wrong, from one run of the parser."""
    if not (shutil.which("node") and all(package.exists() for package in PACKAGES)):
        pytest.skip("the parser of structured data needs Node.js and `npm ci`: make test installs both")

    def run(*paths: str) -> list[dict[str, Any]]:
        files = [tmp_path / f"{number}.html" for number, _ in enumerate(paths)]
        for path, file in zip(paths, files, strict=True):
            file.write_bytes(client.get(path).content)
        command = ["node", str(READER), *map(str, files)]
        told = json.loads(subprocess.run(command, capture_output=True, text=True, check=True).stdout)
        return [told[str(file)] | {"page": file.read_text()} for file in files]

    return run


@pytest.fixture
def many(product: Product, responder: Member) -> None:
    """Twelve of all stars, changed, short-named and by a deleted member among them; one by staff, with a reply."""
    Product.objects.update(description="Wool from the north.", gtin="4006381333931", mpn="FJ-1")
    written = [
        write(make_member(f"reader{n}", display_name=f"Reader No{n}"), product, stars=n % 5 + 1, title=f"Number {n}",
              pros="Warm", cons="Long arms") for n in range(12)
    ]  # fmt: skip
    change(written[0], name_shown="initials", body="It has kept its shape for all of three years now.")
    Member.objects.filter(username="reader1").update(erased_at=timezone.now())
    write(responder, product, title="By staff")
    add_answer(by=responder, thread=written[2].thread, body="Thank you for the kind words.", is_official=True)
    Edition.advance()


def check(told: dict[str, Any]) -> dict[str, Any]:
    """What facts/search_engines.md asks of every page; returns its Product, empty where there is none."""
    assert told["issues"] == [] and told["others"] == []
    (crumbs,) = told["jsonld"]["BreadcrumbList"]
    assert len(crumbs["itemListElement"]) >= 2
    assert all(item["name"] and item["position"] for item in crumbs["itemListElement"])
    assert set(told["jsonld"]) <= {"BreadcrumbList", "Product"}  # no Organization with a rating, no reply as a Review
    (product,) = told["jsonld"].get("Product", [{}])
    shown = re.sub(r"<script.*?</script>", "", told["page"], flags=re.DOTALL)
    for review in product.get("review", []):
        assert review["author"]["@type"] == "Person" and review["author"]["name"]
        assert {"ratingValue": review["reviewRating"]["ratingValue"], "bestRating": 5, "worstRating": 1} == {
            name: value for name, value in review["reviewRating"].items() if name != "@type"
        }
        assert review["datePublished"]
        assert not {"positiveNotes", "negativeNotes"} & set(review)
        assert f">{review['name']}<" in shown and review["author"]["name"] in shown  # only what this page shows
    assert "ratingCount" not in product.get("aggregateRating", {})
    assert product.get("aggregateRating", {"reviewCount": 1})["reviewCount"] > 0
    return product


@pytest.mark.usefixtures("many")
def test_every_page_of_a_product_is_told_by_the_rules(read: Read) -> None:
    queries = ("", "?page=2", "?stars=1", "?sort=lowest", "?verified=1")
    plain, second, ones, lowest, verified = (check(told) for told in read(*(PAGE + query for query in queries)))
    for product in (plain, second, ones, lowest, verified):
        assert (product["name"], product["sku"], product["gtin"], product["mpn"]) == (
            "Fell Jumper", "AT-100", "4006381333931", "FJ-1",
        )  # fmt: skip
        assert product["url"] == f"{SITE}{PAGE}" and "brand" not in product
        assert product["aggregateRating"]["reviewCount"] == 12 and product["aggregateRating"]["ratingValue"] == 2.8
    told = [review["name"] for review in plain["review"] + second["review"]]
    assert sorted(told) == sorted(f"Number {n}" for n in range(12))  # each once, and not the one by staff
    assert {review["reviewRating"]["ratingValue"] for review in ones["review"]} == {1}
    assert "review" not in verified
    authors = {review["name"]: review["author"] for review in plain["review"] + second["review"]}
    assert authors["Number 0"] == {"@type": "Person", "name": "R. N."}
    assert authors["Number 1"] == {"@type": "Person", "name": "Deleted member"}
    assert authors["Number 2"]["url"] == f"{SITE}/members/reader2/"


@pytest.mark.usefixtures("many")
def test_a_reviews_own_page_is_told_by_the_rules(read: Read) -> None:
    pages = {name: Review.objects.get(thread__title=name) for name in ("Number 0", "Number 1", "By staff")}
    changed, deleted, staff = (check(told) for told in read(*(f"/reviews/{one.pk}/" for one in pages.values())))
    assert [review["name"] for review in changed["review"]] == ["Number 0"]
    assert changed["review"][0]["reviewBody"] == "It has kept its shape for all of three years now."
    assert deleted["review"][0]["author"] == {"@type": "Person", "name": "Deleted member"}
    assert "aggregateRating" not in changed
    assert staff == {}


def test_where_nothing_counts_there_is_no_product(read: Read, responder: Member, review: Review) -> None:
    category = ProductCategory.objects.create(name="Coats", slug="coats")
    of_staff, none = (
        Product.objects.create(name=slug, slug=slug, sku=slug, category=category) for slug in ("of-staff", "none")
    )
    write(responder, of_staff)
    set_status(opening_of(review), Status.HIDDEN)
    paths = [PAGE, *(product.get_absolute_url() for product in (of_staff, none))]
    assert [check(told) for told in read(*paths)] == [{}, {}, {}]


def test_the_rules_find_what_is_wrong(read: Read, client: Client, review: Review, tmp_path: Path) -> None:
    page = client.get(PAGE).content.decode().replace('"ratingValue": 4', '"ratingValue": 6')
    (tmp_path / "wrong.html").write_text(re.sub(r'"author": \{[^}]*\}, ', "", page))
    command = ["node", str(READER), str(tmp_path / "wrong.html")]
    said = json.loads(subprocess.run(command, capture_output=True, text=True, check=True).stdout)
    issues = " ".join(said[str(tmp_path / "wrong.html")]["issues"])
    assert "Rating is outside" in issues and '"author" is missing' in issues
