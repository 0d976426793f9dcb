"""Linking a question to the one that answers it: both stay, chains end where the answer is, and nothing goes round."""

from collections.abc import Callable
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.test import Client
from django.urls import reverse

from community.members.models import Member
from community.search.indexing import reindex
from community.threads.models import Post, Status
from community.threads.publishing import set_status
from forum.duplicates import mark_duplicate, question_at, unmark_duplicate
from forum.models import Question

As = Callable[[Member | None], Client]
Ask = Callable[..., Question]


@pytest.fixture
def pair(asked: Ask) -> tuple[Question, Question]:
    """The duplicate, and the question that answers it."""
    return asked("Does the Fell Jumper shrink in the wash?"), asked("Does the Fell Jumper shrink?", answers=1)


def fresh(question: Question) -> Question:
    return Question.objects.select_related("thread", "duplicate_of__thread").get(pk=question.pk)


def test_a_regular_links_it_and_takes_that_back(pair: tuple[Question, Question], regular: Member) -> None:
    duplicate, canonical = pair
    assert [mark_duplicate(by=regular, question=duplicate, of=canonical) for _ in range(2)] == [True, False]
    linked = fresh(duplicate)
    assert (linked.canonical, linked.duplicate_by, linked.state) == (canonical, regular, "duplicate")
    assert [unmark_duplicate(by=regular, question=duplicate) for _ in range(2)] == [True, False]
    assert fresh(duplicate).canonical is None


def test_who_is_not_trusted_links_nothing(
    pair: tuple[Question, Question], member: Member, regular: Member, as_: As
) -> None:
    duplicate, canonical = pair
    with pytest.raises(PermissionDenied):
        mark_duplicate(by=member, question=duplicate, of=canonical)
    mark_duplicate(by=regular, question=duplicate, of=canonical)
    with pytest.raises(PermissionDenied):
        unmark_duplicate(by=member, question=duplicate)
    assert as_(member).get(reverse("duplicate", args=[duplicate.pk])).status_code == 403


def test_chains_lead_to_their_end(pair: tuple[Question, Question], asked: Ask, moderator: Member) -> None:
    (duplicate, canonical), third = pair, asked("Will my jumper get smaller in the wash?")
    mark_duplicate(by=moderator, question=third, of=duplicate)
    mark_duplicate(by=moderator, question=duplicate, of=canonical)
    assert fresh(third).canonical == canonical
    fourth = asked("Is it smaller after a wash?")
    mark_duplicate(by=moderator, question=fourth, of=third)
    assert fresh(fourth).canonical == canonical


def test_nothing_leads_back_to_itself(pair: tuple[Question, Question], moderator: Member) -> None:
    duplicate, canonical = pair
    mark_duplicate(by=moderator, question=duplicate, of=canonical)
    for question, of in ((canonical, duplicate), (canonical, canonical)):
        with pytest.raises(ValidationError, match="Choose another"):
            mark_duplicate(by=moderator, question=question, of=of)


def test_both_pages_stay_and_the_duplicate_says_where_it_is_answered(
    pair: tuple[Question, Question], regular: Member, as_: As
) -> None:
    duplicate, canonical = pair
    mark_duplicate(by=regular, question=duplicate, of=canonical)
    page = as_(None).get(duplicate.get_absolute_url()).content.decode()
    assert "Answered here:" in page
    assert canonical.get_absolute_url() in page
    assert "Linked by Rosa Reyes" in page
    assert "Answered here:" not in as_(None).get(canonical.get_absolute_url()).content.decode()


def test_the_link_is_gone_while_the_other_question_is(
    pair: tuple[Question, Question], regular: Member, as_: As
) -> None:
    duplicate, canonical = pair
    mark_duplicate(by=regular, question=duplicate, of=canonical)
    opening = canonical.thread.posts.get(kind=Post.Kind.OPENING)
    set_status(opening, Status.REMOVED)
    assert canonical.thread.title not in _notice(as_(None).get(duplicate.get_absolute_url()))
    set_status(opening, Status.PUBLISHED)
    assert canonical.thread.title in _notice(as_(None).get(duplicate.get_absolute_url()))


def _notice(page: Any) -> str:
    return str(page.content.decode().partition("duplicate-notice")[2].partition("</div>")[0])


def test_it_is_found_by_title_or_address_and_linked(pair: tuple[Question, Question], regular: Member, as_: As) -> None:
    (duplicate, canonical), client = pair, as_(regular)
    reindex()
    address = reverse("duplicate", args=[duplicate.pk])
    assert address in client.get(duplicate.get_absolute_url()).content.decode()
    for text in ("", "shrink?", "fell jumper shrink", f"https://testserver{canonical.get_absolute_url()}", str(canonical.pk)):
        assert f'value="{canonical.pk}"' in client.get(address, {"q": text}).content.decode(), text
    sent = client.post(reverse("link_duplicate", args=[duplicate.pk]), {"of": canonical.pk})
    assert sent["Location"] == duplicate.get_absolute_url()
    assert fresh(duplicate).canonical == canonical


@pytest.mark.parametrize("text", ["", "nul\0byte", "/questions/99999999999999999999/x/", "no words like these", "0"])
def test_what_is_no_question_is_refused_with_a_sentence(
    text: str, pair: tuple[Question, Question], regular: Member, as_: As
) -> None:
    page = as_(regular).post(reverse("link_duplicate", args=[pair[0].pk]), {"of": text})
    assert page.status_code == 400
    assert "Paste the address" in page.content.decode()


def test_an_address_names_a_question_or_one_of_its_posts(pair: tuple[Question, Question]) -> None:
    post = pair[1].thread.posts.first()
    assert post is not None
    for address in (pair[1].get_absolute_url(), post.get_absolute_url(), f"#{pair[1].pk}"):
        assert question_at(address) == pair[1]
    assert question_at("/products/fell-jumper/") is None


def test_who_asked_is_told_once_where_it_is_answered(
    pair: tuple[Question, Question], member: Member, regular: Member, as_: As
) -> None:
    duplicate, canonical = pair
    for _ in range(2):
        mark_duplicate(by=regular, question=duplicate, of=canonical)
    told = member.notifications.get()
    assert (told.kind, told.actor, told.post.thread_id) == ("duplicate", regular, canonical.pk)
    assert "Rosa Reyes linked your question to this one" in as_(member).get(reverse("notifications")).content.decode()
