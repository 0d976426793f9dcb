"""What should not be sent, or comes at a bad moment: a clear word, the text kept, nothing half-written."""

from collections.abc import Callable
from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.utils import timezone

from community.members.models import Member
from community.products.models import Product
from community.threads.attaching import take_photo
from community.threads.models import Attachment, Thread
from reviews.models import Review
from reviews.reviewing import ProductGone
from tests.reviews.at_once import at_once
from tests.reviews.writing import BODY, fields, opening_of, picture, write

pytestmark = pytest.mark.django_db
PATH = "/products/fell-jumper/review/"
Clients = Callable[[Member | None], Client]
FAMILY = "\N{MAN}\N{ZERO WIDTH JOINER}\N{WOMAN}\N{ZERO WIDTH JOINER}\N{GIRL}"
TORTURE = [
    FAMILY * 20,
    "\N{RIGHT-TO-LEFT OVERRIDE}gnp.exe\N{POP DIRECTIONAL FORMATTING} is what it is, in truth.",
    "مريح جدا ويدفئ في الشتاء، أنصح به للجميع",
    "Z" + "\N{COMBINING ACUTE ACCENT}" * 300 + " and the sleeves are long enough.",
    "<script>alert(1)</script><img src=x onerror=alert(2)> warm and light",
    "{{ 7*7 }} {% load static %} '; DROP TABLE reviews; -- warm and light",
    "[" * 2000 + "](" * 2000,
    "> " * 900 + "deep",
    "a\N{ZERO WIDTH SPACE}" * 60,
]


@pytest.mark.parametrize("stars", ["0", "6", "five", "4.5", "５", "", "-1", "1e1", "5\x00", "9" * 400])
def test_stars_that_are_none_are_refused_with_the_text_kept(
    as_: Clients, member: Member, product: Product, stars: str
) -> None:
    response = as_(member).post(PATH, fields(stars=stars, cons="Hems that curl"))
    page = response.content.decode()
    assert response.status_code == 200
    assert "Choose 1 to 5 stars." in page
    assert BODY in page
    assert "Hems that curl" in page
    assert not Thread.objects.exists()


@pytest.mark.parametrize("day", ["0001-01-01", "1949-12-31", "2026-02-30", "30.02.2026", "yesterday", "9" * 300, "-1"])
def test_days_that_make_no_sense_are_refused_with_the_text_kept(
    as_: Clients, member: Member, product: Product, day: str
) -> None:
    response = as_(member).post(PATH, fields(experience_date=day))
    assert response.status_code == 200
    assert "experience_date" in response.context["form"].errors
    assert BODY in response.content.decode()
    assert response.context["form"]["experience_date"].value() == day  # as they typed it, to be mended
    assert not Thread.objects.exists()


def test_a_day_to_come_is_refused_and_today_is_not(as_: Clients, member: Member, product: Product) -> None:
    client, today = as_(member), timezone.localdate()
    response = client.post(PATH, fields(experience_date=(today + timedelta(days=1)).isoformat()))
    assert "This day has not come yet" in response.content.decode()
    assert client.post(PATH, fields(experience_date=today.isoformat())).status_code == 302


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("title", "x" * 101),
        ("title", "\N{ZERO WIDTH SPACE}" * 5),
        ("body", "x" * 10_001),
        ("body", "x" * 500_000),
        ("pros", "x" * 301),
        ("cons", "x" * 301),
        ("name_shown", "nickname"),
        ("recommends", "perhaps"),
    ],
)
def test_what_is_too_long_or_no_choice_is_refused_beside_its_field(
    as_: Clients, member: Member, product: Product, field: str, value: str
) -> None:
    response = as_(member).post(PATH, fields(**{field: value}))
    assert response.status_code == 200
    assert list(response.context["form"].errors) == [field]
    assert not Thread.objects.exists()


@pytest.mark.parametrize("text", TORTURE)
def test_whatever_is_typed_is_published_safely_or_refused_in_words(
    as_: Clients, member: Member, product: Product, text: str
) -> None:
    client = as_(member)
    response = client.post(PATH, fields(title=text[:100], body=text, pros=text[:300], cons=text[:300]))
    assert response.status_code in (200, 302)
    assert Review.objects.exists() == (response.status_code == 302)
    if Review.objects.exists():
        page = client.get(f"/reviews/{Review.objects.get().pk}/").content.decode()
        assert "<script>alert" not in page
        assert "\N{RIGHT-TO-LEFT OVERRIDE}" not in page


# At the same moment ---------------------------------------------------------------------------------------------------


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("is_double_click", [True, False])
def test_two_requests_at_once_make_one_review_and_no_error_page(
    as_: Clients, member: Member, product: Product, tmp_path: Path, is_double_click: bool
) -> None:
    keys = [uuid4()] * 2 if is_double_click else [uuid4(), uuid4()]
    posts = [partial(as_(member).post, PATH, fields(submission_key=str(key))) for key in keys]
    codes = sorted(response.status_code for response in at_once(tmp_path, posts))
    assert codes in ([302, 302], *([] if is_double_click else [[302, 409]]))
    assert at_once(tmp_path, [Review.objects.count]) == [1]


# A product that is gone -----------------------------------------------------------------------------------------------


def test_a_product_deleted_meanwhile_gives_the_text_back(as_: Clients, member: Member, product: Product) -> None:
    client, sent = as_(member), fields(product=str(product.pk), pros="Pockets", cons="Hems that curl")
    assert client.get(PATH).status_code == 200
    product.delete()
    response = client.post(PATH, sent)
    page = response.content.decode()
    assert response.status_code == 404
    for words in ("This product is no longer here", BODY, "Kept its shape", "Pockets", "Hems that curl"):
        assert words in page


def test_a_product_deleted_between_the_look_and_the_writing_is_noticed(member: Member, product: Product) -> None:
    Product.objects.all().delete()
    with pytest.raises(ProductGone):
        write(member, product)
    assert not Thread.objects.exists()


def test_a_product_renamed_meanwhile_is_reviewed_all_the_same(as_: Clients, member: Member, product: Product) -> None:
    Product.objects.update(slug="fell-jumper-2027")
    assert as_(member).post(PATH, fields(product=str(product.pk))).status_code == 302
    assert Review.objects.get().product == product


def test_a_renamed_product_is_found_again_after_signing_in(client: Client, product: Product) -> None:
    Product.objects.update(slug="fell-jumper-2027")
    response = client.post(PATH, fields(product=str(product.pk)))
    assert response.url == "/accounts/login/?next=/products/fell-jumper-2027/review/"


def test_an_address_that_was_given_to_another_product_gets_no_strange_review(
    as_: Clients, member: Member, product: Product
) -> None:
    Product.objects.update(slug="old")
    Product.objects.create(name="Other", slug="fell-jumper", sku="O", category=product.category)
    as_(member).post(PATH, fields(product=str(product.pk)))
    assert Review.objects.get().product == product


@pytest.mark.parametrize("named", ["0", "-1", "x", "9" * 40, "999999"])
def test_a_form_that_names_no_product_loses_nothing(as_: Clients, member: Member, product: Product, named: str) -> None:
    response = as_(member).post(PATH, fields(product=named))
    assert response.status_code in (302, 404)
    assert Review.objects.exists() or BODY in response.content.decode()


# A session that ended between reading and sending ---------------------------------------------------------------------


def test_a_form_of_before_a_new_sign_in_gives_the_text_back(member: Member, product: Product) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(member, backend="django.contrib.auth.backends.ModelBackend")
    response = client.post(PATH, fields(cons="Hems that curl", password="secret-word", csrfmiddlewaretoken="old"))
    page = response.content.decode()
    assert response.status_code == 403
    assert BODY in page
    assert "Hems that curl" in page
    assert "secret-word" not in page
    assert f'href="{PATH}"' in page


def test_photos_uploaded_before_the_session_ended_are_there_after_signing_in(
    as_: Clients, member: Member, product: Product
) -> None:
    photo = take_photo(by=member, upload=picture())
    client, sent = as_(None), fields(name_shown="anonymous", photos=[photo.pk], **{f"alt_{photo.pk}": "The cuff"})
    assert client.post(PATH, sent).status_code == 302
    client.force_login(member, backend="django.contrib.auth.backends.ModelBackend")
    form = client.get(PATH).context["form"]
    assert [(one.photo, one.alt) for one in form.described_photos] == [(photo, "The cuff")]
    assert form["name_shown"].value() == "anonymous"


def test_a_refused_form_of_an_ended_session_still_names_its_photos(
    as_: Clients, member: Member, product: Product
) -> None:
    photo = take_photo(by=member, upload=picture())
    page = as_(None).post(PATH, fields(stars="", name_shown="initials", photos=[photo.pk])).content.decode()
    assert f'<input type="hidden" name="photos" value="{photo.pk}">' in page
    assert '<input type="hidden" name="name_shown" value="initials">' in page


def test_nobody_gets_anothers_photos_by_signing_in(
    as_: Clients, member: Member, other_member: Member, product: Product
) -> None:
    foreign = take_photo(by=other_member, upload=picture(), alt="Mine")
    client = as_(None)
    client.post(PATH, fields(photos=[foreign.pk], **{f"alt_{foreign.pk}": "Stolen"}))
    client.force_login(member, backend="django.contrib.auth.backends.ModelBackend")
    assert client.get(PATH).context["form"].described_photos == []
    assert Attachment.objects.get(pk=foreign.pk).alt == "Mine"


def test_a_change_of_an_ended_session_is_kept_too(as_: Clients, member: Member, product: Product) -> None:
    review = write(member, product)
    client = as_(None)
    client.post(PATH, fields(stars="1", title="Second thoughts", base_version="1"))
    client.force_login(member, backend="django.contrib.auth.backends.ModelBackend")
    form = client.get(PATH).context["form"]
    assert (form["title"].value(), form["stars"].value()) == ("Second thoughts", "1")
    client.post(PATH, fields(stars="1", title="Second thoughts", base_version=form["base_version"].value()))
    assert opening_of(review).thread.title == "Second thoughts"


def test_a_photo_left_out_in_a_draft_can_still_be_taken_back(as_: Clients, member: Member, product: Product) -> None:
    photo = take_photo(by=member, upload=picture())
    opening = opening_of(write(member, product, photos=[photo]))
    client: Any = as_(member)
    client.post("/drafts/", {"place": f"edit:{opening.pk}-1", "title": "Half", f"drop_{photo.pk}": "on"})
    [shown] = client.get(PATH).context["form"].described_photos
    assert (shown.photo, shown.is_left_out) == (photo, True)


# The star that was clicked to come here -------------------------------------------------------------------------------


@pytest.mark.parametrize(("asked", "chosen"), [("4", "4"), ("0", None), ("6", None), ("five", None), ("", None)])
def test_a_star_in_the_address_is_chosen_already(
    as_: Clients, member: Member, product: Product, asked: str, chosen: str | None
) -> None:
    assert as_(member).get(f"{PATH}?stars={asked}").context["form"]["stars"].value() == chosen
