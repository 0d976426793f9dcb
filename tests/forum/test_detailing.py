"""Filing a question anew: who may change what, what is noted, and that pages and search follow."""

from collections.abc import Callable
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.urls import reverse

from community.members.models import Member
from community.products.models import Product
from community.threads.models import Category, Tag, TagSynonym, Thread
from forum.detailing import change_details, tags_of
from forum.models import DetailChange, Question
from tests.conftest import long_ago

As = Callable[[Member | None], Client]


@pytest.fixture
def other_category(db: None) -> Category:
    return Category.objects.create(name="Sizes", slug="sizes")


def file(by: Member, thread: Thread, **changes: Any) -> bool:
    question = Question.objects.select_related("thread__product", "category").get(pk=thread.pk)
    now = {"product": question.thread.product, "category": question.category, "tags": tags_of(thread)}
    return change_details(by=by, question=question, **(now | changes))


def test_who_asked_files_it_anew_and_each_change_is_noted(
    question: Thread, member: Member, other_category: Category
) -> None:
    changes = {"product": None, "category": other_category, "tags": ["Wash", "wool"]}
    assert [file(member, question, **changes) for _ in range(2)] == [True, False]
    filed = Question.objects.get(pk=question.pk)
    assert (filed.thread.product, filed.category, tags_of(filed.thread)) == (None, other_category, ["Wash", "wool"])
    noted = {(one.what, one.before, one.after) for one in DetailChange.objects.filter(changed_by=member)}
    assert noted == {
        ("product", "Fell Jumper", ""),
        ("category", "Care and repair", "Sizes"),
        ("tags", "wool", "Wash, wool"),
    }


def test_who_asked_may_only_while_they_may_edit(question: Thread, member: Member) -> None:
    long_ago(question, hours=48)
    with pytest.raises(PermissionDenied):
        file(member, question, tags=["wash"])


def test_a_regular_changes_tags_alone(question: Thread, regular: Member, other_category: Category, as_: As) -> None:
    assert file(regular, question, tags=["wash"])
    with pytest.raises(PermissionDenied, match="not its product"):
        file(regular, question, category=other_category)
    page = as_(regular).get(reverse("details", args=[question.pk])).content.decode()
    assert 'name="tags"' in page
    assert 'name="category"' not in page


def test_a_moderator_changes_all_of_it_on_its_page(
    question: Thread, moderator: Member, other_category: Category, as_: As
) -> None:
    address, client = reverse("details", args=[question.pk]), as_(moderator)
    assert address in client.get(question.get_absolute_url()).content.decode()
    sent = client.post(address, {"product": "", "category": "sizes", "tags": "wash"})
    assert sent["Location"] == question.get_absolute_url()
    page = client.get(address).content.decode()
    assert "Care and repair → Sizes" in page
    assert "Milo" in page


def test_a_refused_form_says_why_and_keeps_what_was_typed(question: Thread, member: Member, as_: As) -> None:
    address = reverse("details", args=[question.pk])
    page = as_(member).post(address, {"category": "nul\0", "tags": "a, b, c, d, e, f"}).content.decode()
    assert "at most 5" in page
    assert "a, b, c, d, e, f" in page
    assert tags_of(question) == ["wool"]


def test_others_are_told_why_they_may_not(question: Thread, other_member: Member, as_: As) -> None:
    page = as_(other_member).get(reverse("details", args=[question.pk]))
    assert page.status_code == 403
    assert "can no longer be changed by you" in page.content.decode()


def test_a_synonym_becomes_its_tag(question: Thread, member: Member, product: Product) -> None:
    TagSynonym.objects.create(name="merino", slug="merino", tag=Tag.objects.get(name="wool"))
    assert not file(member, question, tags=["Merino"])
    assert file(member, question, tags=["Merino", "wool", "wash"])
    assert tags_of(question) == ["wash", "wool"]
