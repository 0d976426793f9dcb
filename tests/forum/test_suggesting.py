"""While somebody asks: questions like theirs, products and tags by name, and “This answers it”."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from community.members.models import Member
from community.products.models import Product, ProductCategory
from community.search.indexing import reindex
from community.threads.models import Post, Status, Tag, TagSynonym, Thread
from forum.models import AnswerFound
from forum.questions_saved import found_answer
from forum.solving import accept
from forum.suggesting import products_called, products_meant, suggestions_for

As = Callable[[Member | None], Client]
TITLE = "How should I wash my Fell Jumper at home?"


def choices(client: Client, name: str, text: str, **more: str) -> list[str]:
    return [one["label"] for one in client.get(reverse(name), {"q": text, **more}).json()["choices"]]


def test_questions_like_it_and_its_product_are_shown(question: Thread, product: Product, client: Client) -> None:
    reindex()
    page = client.get(reverse("suggestions"), {"title": TITLE}).content.decode()
    assert question.get_absolute_url() in page
    assert f'data-choose="{product.slug}"' in page
    assert "1 question like yours" in page


def test_nothing_is_looked_up_below_ten_characters(question: Thread, client: Client) -> None:
    reindex()
    assert suggestions_for("wash wool") == ([], [])
    assert "<section" not in client.get(reverse("suggestions"), {"title": "wash"}).content.decode()


def test_solved_questions_come_first_and_hidden_ones_never(
    question: Thread, answer: Post, member: Member, asked: Callable[..., Any]
) -> None:
    other = asked("How do I wash the Fell Jumper by hand?")
    reindex()
    accept(by=member, post=answer)
    assert suggestions_for(TITLE).questions[0].pk == question.pk
    Thread.objects.filter(pk=other.pk).update(status=Status.HIDDEN)
    assert other.pk not in [one.pk for one in suggestions_for(TITLE).questions]


@pytest.mark.parametrize("text", ["nul\0byte in a title", "x" * 5000, "??????????", "\"' OR 1=1 -- title"])
def test_odd_titles_break_nothing(text: str, question: Thread, client: Client) -> None:
    assert client.get(reverse("suggestions"), {"title": text}).status_code == 200


def test_a_product_is_meant_if_half_its_name_is_said(product: Product) -> None:
    Product.objects.create(name="Jumper Wash Bag Large", slug="bag", sku="B1", category=product.category)
    assert [one.name for one in products_meant("My jumper has shrunk")] == ["Fell Jumper"]
    assert products_meant("It is far too small") == []


def test_this_answers_it_is_counted_once_and_leads_there(question: Thread, other_member: Member, as_: As) -> None:
    client, address = as_(other_member), reverse("answers_it", args=[question.pk])
    for _ in range(2):
        assert client.post(address, {"title": TITLE})["Location"] == question.get_absolute_url()
    found = AnswerFound.objects.get()
    assert (found.thread, found.member, found.title) == (question, other_member, TITLE)
    assert "Good that it was here already" in client.get(question.get_absolute_url()).content.decode()


def test_a_stranger_says_it_too_once_from_one_address(question: Thread, client: Client, answer: Post) -> None:
    for _ in range(2):
        client.post(reverse("answers_it", args=[question.pk]), {"title": TITLE})
    assert AnswerFound.objects.get().member is None
    client.post(reverse("answers_it", args=[question.pk]), {"title": TITLE}, REMOTE_ADDR="198.51.100.7")
    assert AnswerFound.objects.count() == 2


def test_no_strangers_word_is_lost_to_the_count_of_what_one_may_say(question: Thread) -> None:
    """The seats of the rate are numbered, and so are questions: 1 in 30 met a key that was taken."""
    noted = [found_answer(by=None, thread=question, title=TITLE, visitor=f"198.51.100.{n}") for n in range(250)]
    assert all(noted)


def test_what_may_not_be_seen_answers_nothing(question: Thread, client: Client) -> None:
    Thread.objects.update(status=Status.HIDDEN)
    assert client.post(reverse("answers_it", args=[question.pk]), {"title": TITLE}).status_code == 404
    assert client.get(reverse("answers_it", args=[question.pk])).status_code == 405
    assert not AnswerFound.objects.exists()


def test_any_of_thousands_of_products_can_be_found_and_chosen(client: Client, db: None) -> None:
    shelf = ProductCategory.objects.create(name="Tents", slug="tents")
    rows = [Product(name=f"Tent {n:04}", slug=f"t{n}", sku=f"T{n}", category=shelf) for n in range(3000)]
    Product.objects.bulk_create(rows)
    assert choices(client, "product_choices", "2999") == ["Tent 2999"]
    assert choices(client, "product_choices", "tents 0001") == ["Tent 0001"]
    assert len(choices(client, "product_choices", "")) == 12
    assert 'value="t2999" selected' in client.get(reverse("ask"), {"product": "t2999"}).content.decode()
    assert "t2999" not in client.get(reverse("ask")).content.decode()


def test_looking_for_a_product_takes_one_query(product: Product, django_assert_num_queries: Any) -> None:
    with django_assert_num_queries(1):
        assert [one.category.name for one in products_called("fell")] == ["Knitwear"]


def test_tags_are_completed_also_by_their_synonyms(question: Thread, client: Client) -> None:
    TagSynonym.objects.create(name="merino", slug="merino", tag=Tag.objects.get(name="wool"))
    assert choices(client, "tag_choices", "WO") == ["wool"]
    assert choices(client, "tag_choices", "meri") == ["wool"]
    assert choices(client, "tag_choices", "") == choices(client, "tag_choices", "nul\0") == []


def test_words_that_stand_on_nothing_public_are_completed_for_nobody(question: Thread, client: Client) -> None:
    Tag.objects.create(name="wolle", slug="wolle")  # made by staff, and not used yet
    Thread.objects.filter(pk=question.pk).update(status=Status.HIDDEN)
    assert choices(client, "tag_choices", "wo") == ["wolle"]


def test_a_managers_insights_count_the_questions_saved(
    question: Thread, other_member: Member, manager: Member, client: Client, as_: As
) -> None:
    as_(other_member).post(reverse("answers_it", args=[question.pk]), {"title": TITLE})
    assert "Questions saved" in as_(manager).get(reverse("insights")).content.decode()
    behind = as_(manager).get(reverse("figure", args=["saved", "total.members"])).content.decode()
    assert TITLE in behind
