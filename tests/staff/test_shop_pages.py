"""On your shop's pages: what a manager copies, and which shops may show it."""

import html
import re
from collections.abc import Callable

import pytest
from django.conf import settings
from django.core.exceptions import ValidationError
from django.test import Client

from community.members.models import Member
from community.products.models import Product
from reviews.models import Review, ShopOrigin
from reviews.models.shop_origin import as_origin

pytestmark = pytest.mark.django_db
PAGE, ADD = "/staff/reviews/shop/", "/staff/reviews/shop/add/"
SITE = settings.SITE_URL
As = Callable[[Member | None], Client]


def codes(client: Client, query: str = "") -> list[str]:
    page = client.get(PAGE + query).content.decode()
    return [html.unescape(code) for code in re.findall(r"<textarea[^>]*>(.*?)</textarea>", page, re.DOTALL)]


def test_a_manager_copies_script_and_frame(as_: As, manager: Member, review: Review) -> None:
    script, frame = codes(as_(manager), "?product=fell-jumper&theme=dark")
    assert f'<script src="{SITE}/widget/v1.js" data-product="fell-jumper"' in script
    assert 'data-theme="dark" async' in script and 'height="560"' in script and "style" not in script
    assert f'<iframe src="{SITE}/widget/fell-jumper/?theme=dark"' in frame


def test_a_product_name_cannot_end_the_snippet(as_: As, manager: Member, product: Product) -> None:
    Product.objects.update(name='"><script>alert(1)</script>')
    assert "<script>alert" not in "".join(codes(as_(manager), "?product=fell-jumper"))


def test_it_is_found_from_the_reviews_and_from_the_product(as_: As, admin: Member, product: Product) -> None:
    client = as_(admin)
    assert PAGE in client.get("/staff/reviews/").content.decode()
    form = client.get(f"/admin/products/product/{product.pk}/change/").content.decode()
    assert f"{PAGE}?product=fell-jumper" in form


def test_without_products_it_says_what_to_do(as_: As, manager: Member) -> None:
    assert b"No products yet" in as_(manager).get(PAGE).content


def test_a_manager_lists_a_shop_and_takes_it_off(as_: As, manager: Member, product: Product) -> None:
    client = as_(manager)
    client.post(ADD, {"origin": " https://Shop.Example.com:443/ "})
    shop = ShopOrigin.objects.get()
    assert shop.origin == "https://shop.example.com"
    for _ in range(2):
        assert client.post(f"/staff/reviews/shop/{shop.pk}/remove/").status_code == 302
    assert not ShopOrigin.objects.exists()


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("", "This field is required"),
        ("shop.example.com", "Write it like https://shop.example.com"),
        ("https://shop.example.com", "This shop is on the list already."),
        ("http://shop.example.com", "asked for by https"),
    ],
)
def test_what_is_no_new_shop_is_refused_with_the_words_kept(
    as_: As, manager: Member, product: Product, typed: str, sentence: str
) -> None:
    ShopOrigin.objects.create(origin="https://shop.example.com")
    page = as_(manager).post(ADD, {"origin": typed, "note": "Shop in France"}).content.decode()
    assert sentence in page and "Shop in France" in page
    assert ShopOrigin.objects.count() == 1


@pytest.mark.parametrize(
    ("typed", "origin"),
    [
        ("https://bücher.example", "https://xn--bcher-kva.example"),
        ("https://shop.example.com:8443", "https://shop.example.com:8443"),
        ("http://localhost:3000", "http://localhost:3000"),
        ("http://127.0.0.1:80/", "http://127.0.0.1"),
    ],
)
def test_an_origin_is_written_as_browsers_write_it(typed: str, origin: str) -> None:
    assert as_origin(typed) == origin


@pytest.mark.parametrize(
    "typed",
    [
        "null", "*", "https://*.example.com", "https://", "https://a b.example", "https://shop.example.com/path",
        "https://user:pass@shop.example.com", "https://shop.example.com?x", "ftp://shop.example.com",
        "https://shop.example.com:99999", "https://shop.example.com;x", "javascript:alert(1)", "https://-a.example",
        "https://shop.example.com 'unsafe-inline'", "https://[::1", "https://[fe80::1%25a; script-src *]",
        "//shop.example.com", "https://" + "a" * 300,
    ],
)  # fmt: skip
def test_what_is_no_origin_is_refused(typed: str) -> None:
    with pytest.raises(ValidationError):
        as_origin(typed)
