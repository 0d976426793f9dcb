"""Asking: what is asked is kept whatever happens, once, and seen by those who should."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from community.members.limits import TooSoon
from community.members.models import Member
from community.notifications.following import is_following
from community.products.models import Product
from community.threads.drafting import read_draft, save_draft
from community.threads.models import Category, Post, Status, Thread
from community.threads.posting import add_comment
from forum.asking import ask_question, asked_before
from forum.models import Question
from reviews.models import Review
from tests.conftest import long_ago

As = Callable[[Member | None], Client]
ASK = "/questions/ask/"


@pytest.fixture
def fields(category: Category, product: Product) -> dict[str, Any]:
    return {
        "title": "Does the Fell Jumper shrink?",
        "body": "I washed it once, at thirty degrees, and it looks smaller now.",
        "category": category.slug,
        "product": product.slug,
        "tags": "wool, Washing , wool",
        "submission_key": str(uuid4()),
    }


def test_a_member_asks_and_follows_the_answers(member: Member, fields: dict[str, Any], as_: As) -> None:
    page = as_(member).post(ASK, fields, follow=True)
    asked = Question.objects.get()
    assert page.redirect_chain == [(asked.get_absolute_url(), 302)]
    assert (asked.thread.title, asked.category.slug, asked.thread.product.slug) == (
        fields["title"],
        fields["category"],
        fields["product"],
    )
    assert {tag.name.lower() for tag in asked.thread.tags.all()} == {"wool", "washing"}
    assert is_following(member, thread=asked.thread)


def test_a_double_click_asks_once(member: Member, fields: dict[str, Any], as_: As) -> None:
    asker = as_(member)
    first, second = asker.post(ASK, fields), asker.post(ASK, fields)
    assert Question.objects.count() == 1
    assert first.url == second.url


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"title": "Too short"}, "at least 15"),
        ({"title": "x" * 151}, "at most 150"),
        ({"body": "Too short."}, "at least 20"),
        ({"body": "x" * 32_001}, "at most 32"),
        ({"category": ""}, "required"),
        ({"category": "no-such-thing"}, "Choose a subject"),
        ({"category": "nul\0byte"}, "Choose a subject"),
        ({"product": "no-such-thing"}, "Choose a product"),
        ({"product": "nul\0byte"}, "Choose a product"),
        ({"tags": "a, b, c, d, e, f"}, "at most 5"),
        ({"tags": "x"}, "2 to 30"),
        ({"submission_key": "not a key"}, "UUID"),
    ],
)
def test_a_refused_form_says_why_and_keeps_the_text(
    member: Member, fields: dict[str, Any], changes: dict[str, str], sentence: str, as_: As
) -> None:
    page = as_(member).post(ASK, fields | changes).content.decode()
    assert sentence in page
    kept = "looks smaller now" if "body" not in changes else fields["title"]
    assert kept in page
    assert not Question.objects.exists()


def test_too_many_links_of_a_new_member_are_refused_with_the_text_kept(
    new_member: Member, fields: dict[str, Any], as_: As
) -> None:
    links = "See https://a.example and https://b.example and https://c.example please."
    page = as_(new_member).post(ASK, fields | {"body": links}).content.decode()
    assert "at most 2" in page
    assert "https://c.example" in page


def test_asking_too_often_is_429_with_the_text_kept(member: Member, fields: dict[str, Any], as_: As) -> None:
    asker = as_(member)
    asker.post(ASK, fields)
    again = {
        "title": "And does it get warm again?",
        "body": "I mean after it has been washed.",
        "submission_key": uuid4(),
    }
    page = asker.post(ASK, fields | again)
    assert page.status_code == 429
    assert 1 <= int(page["Retry-After"]) <= 15
    assert "I mean after it has been washed." in page.content.decode()


def test_the_same_title_leads_to_the_question_that_has_it(
    question: Thread, other_member: Member, fields: dict[str, Any], as_: As
) -> None:
    same = fields | {"title": "how do I wash the fell jumper"}
    page = as_(other_member).post(ASK, same).content.decode()
    assert question.get_absolute_url() in page
    assert Question.objects.count() == 1
    as_(other_member).post(ASK, same | {"is_different": "on"})
    assert Question.objects.count() == 2


def test_a_question_that_nobody_sees_is_no_twin(question: Thread) -> None:
    assert asked_before("How do I wash the Fell Jumper?").pk == question.pk
    Thread.objects.update(status=Status.HELD)
    assert asked_before("How do I wash the Fell Jumper?") is None
    assert asked_before("???") is None


def test_a_suspicious_question_waits_for_a_moderator(
    new_member: Member, other_member: Member, fields: dict[str, Any], as_: As
) -> None:
    spam = fields | {"body": "Earn $500 a day from home, click here and see for yourself."}
    page = as_(new_member).post(ASK, spam, follow=True)
    asked = Question.objects.get()
    assert asked.thread.status == Status.HELD
    assert "waiting for a moderator" in page.content.decode()
    assert "noindex" in page.content.decode()
    assert as_(other_member).get(asked.get_absolute_url()).status_code == 404
    assert as_(None).get(asked.get_absolute_url()).status_code == 404


def test_who_has_not_signed_in_writes_first_and_finds_it_again(
    member: Member, fields: dict[str, Any], client: Client
) -> None:
    sent = client.post(ASK, fields)
    assert sent.url == f"{reverse('account_login')}?next={ASK}"
    assert not Question.objects.exists()
    client.force_login(member, backend="django.contrib.auth.backends.ModelBackend")
    page = client.get(ASK).content.decode()
    assert fields["title"] in page
    assert "looks smaller now" in page
    assert f'<option value="{fields["product"]}" selected>' in page
    client.post(ASK, fields)
    assert fields["body"] not in client.get(ASK).content.decode()


def test_a_strangers_mistakes_are_told_before_they_sign_in(fields: dict[str, Any], client: Client) -> None:
    page = client.post(ASK, fields | {"title": "Too short"})
    assert page.status_code == 200
    assert "at least 15" in page.content.decode()


def test_a_stranger_leaves_a_text_only_so_often(fields: dict[str, Any], client: Client, time_machine: Any) -> None:
    time_machine.move_to(timezone.now(), tick=False)
    assert {client.post(ASK, fields).status_code for _ in range(20)} == {302}
    page = client.post(ASK, fields)
    assert (page.status_code, "Retry-After" in page) == (429, True)
    assert "looks smaller now" in page.content.decode()
    assert "One moment, please" in page.content.decode()


def test_a_draft_is_there_again_and_gone_once_posted(member: Member, fields: dict[str, Any], as_: As) -> None:
    save_draft(by=member, place="question", fields={"title": "Half a title", "body": "Half a", "tags": "wool, zip"})
    page = as_(member).get(ASK).content.decode()
    assert "Half a title" in page
    assert 'value="wool, zip"' in page
    as_(member).post(ASK, fields)
    assert read_draft(member, "question") == {}


def test_a_link_fills_in_product_and_title(member: Member, product: Product, as_: As) -> None:
    Product.objects.filter(pk=product.pk).update(is_discontinued=True)
    page = as_(member).get(f"{ASK}?product={product.slug}&title=From a search").content.decode()
    assert f'<option value="{product.slug}" selected>' in page
    assert "From a search" in page
    assert f'<option value="{product.slug}"' not in as_(member).get(ASK).content.decode()


def test_the_title_looks_for_similar_questions_while_it_is_typed(member: Member, as_: As) -> None:
    page = as_(member).get(ASK).content.decode()
    assert f'data-suggestions="{reverse("suggestions")}"' in page
    assert 'id="similar"' in page


def test_the_verb_keeps_the_rates(member: Member, category: Category) -> None:
    ask_question(
        by=member, category=category, title="Is it warm enough for the hills?", body="I mean in winter, at night."
    )
    with pytest.raises(TooSoon):
        ask_question(
            by=member, category=category, title="Is it warm enough for a boat?", body="I mean in spring, at sea."
        )
    Thread.objects.update(created_at=timezone.now() - timedelta(minutes=1))
    assert ask_question(
        by=member, category=category, title="Is it warm enough for a boat?", body="I mean in spring, at sea."
    )


def test_a_used_key_makes_no_question_of_a_review(
    review: Review, other_member: Member, category: Category, as_: As
) -> None:
    """Else anybody could list a review among the questions, under the name that its author keeps to themselves."""
    key, body = uuid4(), "Long enough to open a question with, and fit for a comment."
    opening = review.thread.posts.get(kind=Post.Kind.OPENING)
    add_comment(by=other_member, parent=opening, body=body, submission_key=key)
    long_ago(review.thread)
    said = {"title": "How do I wash a jumper?", "body": body, "category": category.slug, "submission_key": str(key)}
    as_(other_member).post(reverse("ask"), said)
    assert not Question.objects.filter(thread=review.thread).exists()


def test_a_tag_of_signs_alone_has_a_page(member: Member, category: Category, as_: As) -> None:
    asked = ask_question(by=member, category=category, title="Does it shrink?", body="I wonder about it.", tags=["!!!"])
    tag = asked.thread.tags.get()
    pages = [asked.thread.get_absolute_url(), reverse("tag", args=[tag.slug])]
    assert [as_(member).get(page).status_code for page in pages] == [200, 200]
