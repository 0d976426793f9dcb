"""What a review says of quality, value and fit: asked by the category, kept, changed, and never of something else."""

from collections.abc import Callable
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.test import Client

from community.members.models import Member
from community.products.models import Product, ProductCategory
from community.threads.drafting import save_draft
from reviews.attributes import rated
from reviews.models import AttributeRating, Review, ReviewAttribute, ReviewVersion
from tests.reviews.writing import change, fields, opening_of, write

pytestmark = pytest.mark.django_db
PATH = "/products/fell-jumper/review/"
Clients = Callable[[Member | None], Client]


def ask(category: ProductCategory, name: str = "Fit", **changes: Any) -> ReviewAttribute:
    labels = {"low_label": "Runs small", "middle_label": "True to size", "high_label": "Runs large"}
    return ReviewAttribute.objects.create(category=category, name=name, slug=name.lower(), **labels | changes)


@pytest.fixture
def fit(product: Product) -> ReviewAttribute:
    return ask(product.category)


@pytest.fixture
def foreign(db: None) -> ReviewAttribute:
    """Asked of another category."""
    return ask(ProductCategory.objects.create(name="Lamps", slug="lamps"), "Light")


def test_the_form_asks_what_its_category_asks(
    as_: Clients, member: Member, fit: ReviewAttribute, foreign: ReviewAttribute
) -> None:
    page = as_(member).get(PATH).content.decode()
    assert page.count(f'type="radio" name="attribute_{fit.pk}"') == 6  # five steps and “Can’t say”
    for words in ("Runs small", "True to size", "Runs large", "Can’t say"):
        assert words in page
    assert f"attribute_{foreign.pk}" not in page


def test_what_is_no_longer_asked_is_not_asked(as_: Clients, member: Member, product: Product) -> None:
    ask(product.category, is_asked=False)
    assert b"attribute_" not in as_(member).get(PATH).content


def test_a_step_chosen_in_the_form_is_kept_with_the_review(as_: Clients, member: Member, fit: ReviewAttribute) -> None:
    as_(member).post(PATH, fields(**{f"attribute_{fit.pk}": "2"}))
    assert rated(Review.objects.get()) == {fit.pk: 2}


@pytest.mark.parametrize("chosen", [{}, {"said": ""}])
def test_each_may_be_left_out(as_: Clients, member: Member, fit: ReviewAttribute, chosen: dict[str, str]) -> None:
    as_(member).post(PATH, fields(**{f"attribute_{fit.pk}": value for value in chosen.values()}))
    assert rated(Review.objects.get()) == {}


@pytest.mark.parametrize("value", ["0", "6", "five", "2.5", "５", "-1", "2" * 500])
def test_a_step_that_is_none_is_refused_with_the_text_kept(
    as_: Clients, member: Member, fit: ReviewAttribute, value: str
) -> None:
    response = as_(member).post(PATH, fields(title="Kept, I hope", **{f"attribute_{fit.pk}": value}))
    assert response.status_code == 200
    assert "Choose one of the five steps" in response.content.decode()
    assert "Kept, I hope" in response.content.decode()
    assert not Review.objects.exists()


def test_the_form_passes_over_what_another_category_is_asked(
    as_: Clients, member: Member, product: Product, foreign: ReviewAttribute
) -> None:
    as_(member).post(PATH, fields(**{f"attribute_{foreign.pk}": "4", "attribute_999999": "4", "attribute_x": "4"}))
    assert rated(Review.objects.get()) == {}


def test_the_verb_refuses_what_another_category_is_asked(
    member: Member, product: Product, foreign: ReviewAttribute
) -> None:
    with pytest.raises(ValidationError):
        write(member, product, attributes={foreign.pk: 4})
    assert not Review.objects.exists()


@pytest.mark.parametrize("value", [0, 6, 2.5, True, "3", None])
def test_the_verb_takes_whole_steps_of_one_to_five(
    member: Member, product: Product, fit: ReviewAttribute, value: Any
) -> None:
    with pytest.raises(ValidationError):
        write(member, product, attributes={fit.pk: value})
    assert not Review.objects.exists()


@pytest.mark.parametrize("value", [0, 6])
def test_the_database_takes_no_other_step(review: Review, fit: ReviewAttribute, value: int) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        AttributeRating.objects.create(review=review, attribute=fit, value=value)


def test_a_changed_step_is_an_edit_with_its_history(member: Member, product: Product, fit: ReviewAttribute) -> None:
    review = write(member, product, attributes={fit.pk: 2})
    assert change(review, attributes={fit.pk: 4})
    assert rated(review) == {fit.pk: 4}
    assert ReviewVersion.objects.get().attributes == {"Fit": 2}
    assert opening_of(review).version == 2


def test_a_step_taken_back_is_gone_and_in_the_history(member: Member, product: Product, fit: ReviewAttribute) -> None:
    review = write(member, product, attributes={fit.pk: 2})
    assert change(review, attributes={})
    assert rated(review) == {}
    assert ReviewVersion.objects.get().attributes == {"Fit": 2}


def test_saying_the_same_again_changes_nothing(member: Member, product: Product, fit: ReviewAttribute) -> None:
    review = write(member, product, attributes={fit.pk: 2})
    assert not change(review, attributes={fit.pk: 2})
    assert not ReviewVersion.objects.exists()


def test_what_was_said_stays_when_it_is_no_longer_asked(member: Member, product: Product, fit: ReviewAttribute) -> None:
    review = write(member, product, attributes={fit.pk: 2})
    ReviewAttribute.objects.update(is_asked=False)
    change(review, stars=1, attributes={})
    assert rated(review) == {fit.pk: 2}


def test_the_form_of_a_change_has_what_was_said(
    as_: Clients, member: Member, product: Product, fit: ReviewAttribute
) -> None:
    write(member, product, attributes={fit.pk: 4})
    assert as_(member).get(PATH).context["form"][f"attribute_{fit.pk}"].value() == 4


def test_a_draft_keeps_the_whole_review(as_: Clients, member: Member, product: Product, fit: ReviewAttribute) -> None:
    kept = {"stars": "2", "title": "Half", "pros": "Warm", "cons": "Long", "recommends": "no", "body": "It is",
            "experience_date": "2026-01-31", "name_shown": "initials", f"attribute_{fit.pk}": "4"}  # fmt: skip
    client = as_(member)
    assert client.post("/drafts/", kept | {"place": f"review:{product.pk}"}).json() == {"saved": True}
    form = client.get(PATH).context["form"]
    assert {name: form[name].value() for name in kept} == kept


def test_signing_in_on_the_way_keeps_the_whole_review(
    as_: Clients, member: Member, product: Product, fit: ReviewAttribute
) -> None:
    client = as_(None)
    said = fields(stars="2", recommends="no", pros="Warm", **{f"attribute_{fit.pk}": "4"})
    client.post(PATH, said)
    client.force_login(member, backend="django.contrib.auth.backends.ModelBackend")
    form = client.get(PATH).context["form"]
    assert {name: form[name].value() for name in said} == said


def test_a_saved_draft_of_a_foreign_attribute_does_no_harm(
    as_: Clients, member: Member, product: Product, foreign: ReviewAttribute
) -> None:
    save_draft(by=member, place=f"review:{product.pk}", fields={f"attribute_{foreign.pk}": "9", "stars": "nine"})
    assert as_(member).get(PATH).status_code == 200


# The admin site -------------------------------------------------------------------------------------------------------


def test_an_answered_question_cannot_be_deleted_or_turned_round(
    as_: Clients, admin: Member, member: Member, product: Product, fit: ReviewAttribute
) -> None:
    write(member, product, attributes={fit.pk: 2})
    client, address = as_(admin), f"/admin/reviews/reviewattribute/{fit.pk}/"
    assert client.post(f"{address}delete/", {"post": "yes"}).status_code == 403
    page = client.get(f"{address}change/").content.decode()
    assert not [name for name in ("kind", "low_label", "middle_label", "high_label") if f'name="{name}"' in page]
    assert rated(Review.objects.get()) == {fit.pk: 2}


def test_an_administrator_adds_a_question(as_: Clients, admin: Member, product: Product) -> None:
    sent = {"category": product.category_id, "name": "Warmth", "slug": "warmth", "kind": "quality", "position": 0,
            "is_asked": "on", "low_label": "Cold", "middle_label": "", "high_label": "Hot"}  # fmt: skip
    assert as_(admin).post("/admin/reviews/reviewattribute/add/", sent).status_code == 302
    assert "Warmth" in as_(admin).get(PATH).content.decode()


def test_a_fit_needs_a_word_for_its_middle(as_: Clients, admin: Member, product: Product) -> None:
    sent = {"category": product.category_id, "name": "Fit", "slug": "fit", "kind": "fit", "position": 0,
            "low_label": "Small", "middle_label": "", "high_label": "Large"}  # fmt: skip
    assert as_(admin).post("/admin/reviews/reviewattribute/add/", sent).status_code == 200
    assert not ReviewAttribute.objects.exists()
