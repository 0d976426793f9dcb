"""Looking words up within a product's reviews."""

import pytest
from django.test import Client

from community.members.models import Member
from community.products.models import Product
from community.threads.models import Status
from community.threads.publishing import set_status
from reviews.finding import folded, keep_missing_words, pieces
from reviews.models import Review, ReviewWords
from reviews.updating import SOONEST, add_update
from tests.conftest import long_ago
from tests.reviews.product_page import PAGE, load_reviews, text_of, titles
from tests.reviews.writing import BODY, change, opening_of, write

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("Washing", [" wash"]),
        ("CAFÉ", [" cafe"]),
        ("the zip of the jumper", [" zip", " jumper"]),
        ("the", [" the"]),
        ("“dry flat” wool", [" dri flat ", " wool"]),
        ('"true to size"', [" true to size "]),
        ("zip ZIP zips", [" zip"]),
        ("100%_!", [" 100"]),
        ("%", []),
        ("", []),
        ('""', []),
        ("a b c d e f g h i j k l m", [f" {letter}" for letter in "bcdefghj"]),
    ],
)
def test_what_is_typed_becomes_pieces_that_a_review_has_to_contain(typed: str, expected: list[str]) -> None:
    assert pieces(typed) == expected


def test_a_phrase_does_not_reach_from_one_text_into_the_next() -> None:
    assert folded("Runs small", "", "Fits well") == " run small | fit well "


@pytest.mark.parametrize(
    ("q", "is_found"),
    [
        ("cuff", True),
        ("CUFFS close", True),
        ("closing winter", True),  # in any order, whatever the ending
        ("uff", False),  # words are found by their beginning
        ("“wet winters”", True),
        ("“winters wet”", False),
        ("cuffs sleeve", False),  # every word has to be there
        ("kept its shape", True),
        ("%", True),  # no word at all: nothing is looked for
        ("_", True),
        ("100%", False),
        ("mohair", True),
        ("heavy", True),
        ("moteé", True),
    ],
)
def test_words_are_found_as_a_person_means_them(
    client: Client, member: Member, product: Product, q: str, is_found: bool
) -> None:
    write(member, product, pros="Móteé, like mohair", cons="Heavy when wet")
    page = client.get(PAGE, {"q": q}).context["page"]
    assert page.paginator.count == len(page.object_list) == is_found


def test_what_is_looked_up_holds_together_with_the_other_filters(client: Client, product: Product) -> None:
    load_reviews(product, [{"stars": 4, "verified": True}, {"stars": 4}, {"stars": 1, "verified": True}])
    assert titles(client, "?q=cuffs&verified=1&stars=4") == ["Review 0"]
    page = text_of(client, f"{PAGE}?q=cuffs&verified=1")
    assert "2 of 3 reviews</strong>: Verified purchase, “cuffs”." in page
    assert '<input type="hidden" name="verified" value="1">' in page
    assert 'value="cuffs"' in page
    assert 'href="?q=cuffs#reviews"' in page  # the chip of the other filter takes only that one away


def test_what_is_typed_is_shown_as_text(client: Client, review: Review) -> None:
    page = text_of(client, f"{PAGE}?q=%3Cscript%3Ealert(1)%3C/script%3E&sort=newest")
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert" in page


def test_a_page_of_words_is_not_for_search_engines(client: Client, review: Review) -> None:
    assert "noindex" in text_of(client, f"{PAGE}?q=warm")


def test_changed_words_are_found_and_the_old_ones_not(client: Client, member: Member, product: Product) -> None:
    review = write(member, product)
    change(review, body="Shrank by a whole size in the first wash, to my sorrow.")
    assert titles(client, "?q=shrank") == ["Kept its shape"]
    assert titles(client, "?q=cuffs") == []


def test_an_update_is_found_while_it_stands(client: Client, member: Member, product: Product) -> None:
    review = write(member, product)
    long_ago(review.thread, hours=24 * SOONEST.days)
    review = Review.objects.select_related("thread").get(pk=review.pk)
    update = add_update(by=member, review=review, body="The elbows have worn through after all.")
    assert titles(client, "?q=elbow") == ["Kept its shape"]
    set_status(update, Status.HIDDEN)
    assert titles(client, "?q=elbow") == []


def test_a_hidden_review_is_not_found(client: Client, review: Review) -> None:
    assert titles(client, "?q=hill") == ["Warm and honest"]
    set_status(opening_of(review), Status.HIDDEN)
    assert titles(client, "?q=hill") == []


def test_reviews_of_a_bulk_load_are_folded_with_the_recount_and_once(product: Product) -> None:
    load_reviews(product, [{"stars": 4}, {"stars": 5}])
    assert ReviewWords.objects.filter(text__contains=" cuff").count() == 2
    assert keep_missing_words(product.pk) == 0


def test_words_of_another_product_are_not_found(client: Client, member: Member, product: Product) -> None:
    other = Product.objects.create(name="Tarn Cap", slug="tarn-cap", sku="AT-2", category=product.category)
    write(member, other, body=BODY + " A cap of mohair.")
    assert titles(client, "?q=mohair") == []
