"""The widget on a shop's pages, by frame and by script: what it shows, to whom, and what nobody can make it show."""

import json
from itertools import product as product_of
from typing import Any

import pytest
from django.conf import settings
from django.test import Client

from community.members.models import Member
from community.products.models import Product
from community.threads.models import Status
from community.threads.posting import add_answer
from community.threads.publishing import set_status
from reviews.models import Review, ShopOrigin
from reviews.widget.dress import file_text, script_version
from tests.conftest import long_ago, make_member
from tests.reviews.writing import change, opening_of, write

pytestmark = pytest.mark.django_db
SITE = settings.SITE_URL
PAGE, MODULE, SCRIPT = "/widget/fell-jumper/", "/widget/v1/fell-jumper.js", "/widget/v1.js"
SHOP = "https://shop.example.com"


@pytest.fixture
def many(product: Product) -> None:
    """Twelve, the newest first in this order of stars: 1 1 1 1 1 1 1 5 5 5 5 5."""
    for number in range(12):
        stars = 5 if number >= 7 else 1
        written = write(make_member(f"reader{number}"), product, stars=stars, title=f"Number {number}")
        long_ago(written.thread, hours=number + 1)


def put_in(client: Client, address: str = MODULE) -> dict[str, str]:
    """What the script puts into a shop's page."""
    content = client.get(address).content.decode()
    told: dict[str, str] = json.loads(content.removeprefix("export default "))
    return told


@pytest.mark.usefixtures("many")
def test_it_shows_the_rating_and_the_newest_whatever_their_stars(client: Client) -> None:
    for html in (client.get(PAGE).content.decode(), put_in(client)["html"]):
        assert "<strong>2.7</strong>" in html and "12 reviews" in html
        assert [f"Number {number}<" in html for number in range(6)] == [True] * 5 + [False]
        assert "The 5 newest of 12 reviews, whatever their stars." in html
        for path in ("/products/fell-jumper/#reviews", "/products/fell-jumper/review/", "/reviews/how-reviews-work/"):
            assert f'href="{SITE}{path}"' in html


@pytest.mark.usefixtures("many")
def test_no_parameter_changes_what_is_shown(client: Client) -> None:
    names = "stars", "min", "min_stars", "sort", "order", "page", "verified", "photos", "q", "limit", "count", "v"
    for address, name, value in product_of((PAGE, MODULE), names, ("5", "highest", "0")):
        assert client.get(f"{address}?{name}={value}").content == client.get(address).content, f"{name}={value}"


def test_only_its_colours_can_be_chosen(client: Client, review: Review) -> None:
    plain, dark = (client.get(PAGE + query).content.decode() for query in ("", "?theme=dark"))
    assert dark == plain.replace('class=""', 'class="dark"')
    assert client.get(f'{PAGE}?theme="><script>').content.decode() == plain


def test_the_script_reads_nothing_but_product_place_and_colours() -> None:
    assert "const { product, sku, target, theme } = script.dataset" in file_text("v1.js")
    assert "dataset" not in file_text("v1.js").replace("script.dataset", "").replace("dataset.theme = theme", "")


def test_labels_and_the_reply_are_shown_in_words(client: Client, responder: Member, review: Review) -> None:
    change(review, name_shown="first")
    Review.objects.filter(pk=review.pk).update(is_incentivised=True, imported_from="Judge.me")
    add_answer(by=responder, thread=review.thread, body="Thank you, Tomas, for the kind words.", is_official=True)
    html = put_in(client)["html"]
    for words in ("Tomas B.", "Incentivised: got something", "First posted on Judge.me, ", "The company replied"):
        assert words in html
    assert "tomas" not in html


def test_our_own_staff_are_labelled_and_not_counted(client: Client, responder: Member, product: Product) -> None:
    write(responder, product)
    html = put_in(client)["html"]
    assert "Works for the company" in html and "No rating yet" in html


def test_what_is_hidden_leaves_at_once(client: Client, review: Review) -> None:
    assert "Warm and honest" in put_in(client)["html"]
    set_status(opening_of(review), Status.HIDDEN)
    assert "Warm and honest" not in put_in(client)["html"]
    assert "Nobody has reviewed it yet" in client.get(PAGE).content.decode()


def test_what_customers_wrote_is_only_ever_text(client: Client, member: Member, product: Product) -> None:
    write(member, product, title="</script><img src=x onerror=alert(1)>")
    for html in (put_in(client)["html"], client.get(PAGE).content.decode()):
        assert "&lt;/script&gt;&lt;img" in html and "<img" not in html


@pytest.mark.parametrize("sku", ["AT/42 b?", "fj-1"])
def test_a_shop_finds_it_by_its_own_number(client: Client, review: Review, sku: str) -> None:
    Product.objects.update(sku=sku)
    quoted = sku.replace("/", "%2F").replace(" ", "%20").replace("?", "%3F")
    assert "Warm and honest" in put_in(client, f"/widget/v1/sku/{quoted}.js")["html"]
    assert b"Warm and honest" in client.get(f"/widget/sku/{quoted}/").content


def test_a_name_for_both_is_the_slug_before_the_number(client: Client, review: Review, product: Product) -> None:
    Product.objects.create(name="Other", slug="other", sku="fell-jumper", category=product.category)
    assert b"Warm and honest" in client.get(PAGE).content
    assert b"Nobody has reviewed" in client.get("/widget/sku/fell-jumper/").content


def test_an_unknown_product_says_so(client: Client, db: None) -> None:
    page = client.get("/widget/no-such-thing/")
    assert page.status_code == 404 and b"There are no reviews of this product" in page.content
    assert "There are no reviews of this product" in put_in(client, "/widget/v1/no-such-thing.js")["html"]


def test_only_listed_shops_may_frame_it(client: Client, review: Review) -> None:
    assert client.get(PAGE)["Content-Security-Policy"].endswith("frame-ancestors 'self'")
    ShopOrigin.objects.create(origin=SHOP)
    page = Client().get(f"{PAGE}?theme=light")
    assert page["Content-Security-Policy"].startswith("default-src 'none'; style-src 'sha256-")
    assert "X-Frame-Options" not in page
    assert client.get("/products/fell-jumper/")["X-Frame-Options"] == "DENY"


def test_only_a_listed_shops_script_gets_the_module(client: Client, review: Review) -> None:
    ShopOrigin.objects.create(origin=SHOP)
    assert client.get(MODULE, headers={"Origin": SHOP})["Access-Control-Allow-Origin"] == SHOP
    assert "Access-Control-Allow-Origin" not in client.get(MODULE, headers={"Origin": "https://x.example"})


def test_the_script_is_small_and_kept_long(client: Client, db: None) -> None:
    response = client.get(SCRIPT)
    assert len(response.content) < 6 * 1024
    assert response["Cache-Control"] == "public, max-age=604800"
    assert "immutable" in client.get(f"{SCRIPT}?v={script_version()}")["Cache-Control"]
    assert client.get(SCRIPT, headers={"If-None-Match": response["ETag"]}).status_code == 304


def test_nobody_is_known_to_it(as_: Any, member: Member, review: Review) -> None:
    known = as_(member)
    for address in (PAGE, MODULE, SCRIPT):
        response = known.get(address)
        assert not response.cookies and "Cookie" not in response["Vary"]
        assert response.content == Client().get(address).content
    assert b"cookie" not in known.get(SCRIPT).content.lower() and b"storage" not in known.get(SCRIPT).content.lower()


@pytest.mark.usefixtures("many")
@pytest.mark.parametrize("address", [PAGE, MODULE])
def test_it_costs_the_same_however_many_there_are(client: Client, address: str, django_assert_num_queries: Any) -> None:
    with django_assert_num_queries(6):  # the Edition, product, reviews, photos, replies; the list of shops
        client.get(address, headers={"Origin": SHOP})
    with django_assert_num_queries(1):
        client.get(address, headers={"Origin": SHOP})


def test_it_carries_no_mark_up_that_repeats_the_products_page(client: Client, review: Review) -> None:
    page = client.get(PAGE)
    assert b"ld+json" not in page.content and b"itemprop" not in page.content
    assert page["X-Robots-Tag"] == "noindex"
