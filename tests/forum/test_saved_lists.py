"""Lists of questions that a member keeps under a name."""

from collections.abc import Callable

import pytest
from django.core.exceptions import ValidationError
from django.test import Client

from community.members.models import Member
from forum.models import Question, SavedFilter
from forum.saved_lists import MOST, save_list
from tests.forum.conftest import Ask

As = Callable[[Member | None], Client]
OPEN_WOOL = {"name": "Open wool", "query": "tab=unsolved&tag=wool"}


@pytest.fixture
def wool(asked: Ask) -> Question:
    return asked("How do I wash the wool one?", tags=["wool"])


def test_a_saved_list_stands_above_every_list(wool: Question, regular: Member, as_: As) -> None:
    rosa = as_(regular)
    assert "Save this list" in rosa.get("/questions/?tab=unsolved&tag=wool").content.decode()
    rosa.post("/questions/saved/save/", OPEN_WOOL)
    for address in ("/questions/", "/questions/?tab=active"):
        assert 'href="/questions/?tab=unsolved&amp;tag=wool">Open wool' in rosa.get(address).content.decode()
    assert "Save this list" not in rosa.get("/questions/?tab=unsolved&tag=wool").content.decode()


def test_it_is_its_owners_alone(wool: Question, regular: Member, member: Member, as_: As) -> None:
    as_(regular).post("/questions/saved/save/", OPEN_WOOL)
    pk = SavedFilter.objects.get().pk
    for who in (None, member):
        assert "Open wool" not in as_(who).get("/questions/").content.decode()
    as_(member).post(f"/questions/saved/{pk}/forget/")
    assert SavedFilter.objects.exists()
    as_(regular).post(f"/questions/saved/{pk}/forget/")
    assert "Open wool" not in as_(regular).get("/questions/").content.decode()


def test_saving_twice_changes_nothing(wool: Question, regular: Member) -> None:
    assert save_list(by=regular, **OPEN_WOOL)
    assert not save_list(by=regular, **OPEN_WOOL)
    assert save_list(by=regular, name="Open wool", query="tag=wool")
    assert SavedFilter.objects.get().query == "tag=wool"


def test_there_is_an_end_to_it(regular: Member) -> None:
    for number in range(MOST):
        save_list(by=regular, name=f"List {number}", query="tab=solved")
    with pytest.raises(ValidationError, match="Delete one"):
        save_list(by=regular, name="One more", query="tab=solved")


@pytest.mark.parametrize("query", ["", "tab=newest", "tag=nothing", "nonsense", "tag=a%00b", "x" * 700])
def test_what_is_no_narrower_list_is_refused(wool: Question, regular: Member, as_: As, query: str) -> None:
    page = as_(regular).post("/questions/saved/save/", {"name": "Odd", "query": query})
    assert page.status_code == 200 and "Odd" in page.content.decode()
    assert not SavedFilter.objects.exists()


def test_only_what_a_list_understands_is_kept(wool: Question, regular: Member, as_: As) -> None:
    as_(regular).post("/questions/saved/save/", {"name": "Wool", "query": "tag=wool&page=7&next=//evil.example"})
    assert SavedFilter.objects.get().query == "tag=wool"


def test_a_stranger_signs_in_first_and_comes_back_to_the_list(wool: Question, as_: As) -> None:
    answer = as_(None).post("/questions/saved/save/", OPEN_WOOL)
    assert answer.status_code == 302 and "/accounts/login/" in answer.url and "tag%3Dwool" in answer.url
