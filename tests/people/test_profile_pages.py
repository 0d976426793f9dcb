"""A member's pages: what they know, their badges, and lists with addresses of their own."""

import json
import re
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from community.members.models import Member
from community.people.models import Expertise
from community.people.naming import name_expert
from community.products.models import Product
from community.recognising.recognising import recognise_all
from community.threads.models import Edition, Post, Status, Thread
from community.threads.publishing import set_status
from forum.solving import accept
from reviews.models import Review
from tests.conftest import make_member

pytestmark = pytest.mark.django_db
As = Callable[[Member | None], Client]
PAGE = "/members/tomas/"


@pytest.fixture
def solved(answer: Post, member: Member) -> Post:
    accept(by=member, post=answer)
    recognise_all()
    return answer


def text(client: Client, path: str = PAGE) -> str:
    return client.get(path).content.decode()


def told(page: str) -> dict[str, Any]:
    found = re.search(r'<script type="application/ld\+json">(.+?)</script>', page, re.S)
    assert found
    return json.loads(found[1])[0]


def test_it_says_what_they_know_and_by_which_answers(client: Client, solved: Post) -> None:
    page = text(client)
    assert "What Tomas Berg knows" in page and 'href="/products/fell-jumper/"' in page and ">1 of 1<" in page
    assert "First solution" in page and f'href="/posts/{solved.pk}/"' in page
    assert "Cold water, wool soap" in page


def test_evidence_that_was_hidden_is_not_linked(client: Client, solved: Post) -> None:
    set_status(solved, Status.HIDDEN)
    assert f"/posts/{solved.pk}/" not in text(client)


@pytest.mark.parametrize(("tab", "mark"), [("answers", "How do I wash"), ("reviews", "Warm and honest")])
def test_each_list_has_an_address_of_its_own(client: Client, solved: Post, review: Review, tab: str, mark: str) -> None:
    recognise_all()
    page = text(client, f"{PAGE}{tab}/")
    assert mark in page
    assert f'<link rel="canonical" href="http://127.0.0.1:8000/members/tomas/{tab}/">' in page


def test_questions_stand_on_their_own_page(client: Client, question: Thread) -> None:
    assert "How do I wash" in text(client, "/members/mara/questions/")
    assert client.get("/members/mara/questions/?page=2").status_code == 404


def test_a_thin_page_is_not_for_search_engines(client: Client, solved: Post) -> None:
    assert '<meta name="robots" content="noindex">' in text(client)
    tomas = solved.author.standing
    tomas.answers = 12
    tomas.save()
    Edition.advance()
    page = text(client)
    assert "noindex" not in page
    assert told(page)["@type"] == "ProfilePage"
    assert told(page)["mainEntity"]["name"] == "Tomas Berg"


@pytest.mark.parametrize("path", [PAGE, f"{PAGE}reviews/"])
def test_a_review_under_a_shortened_name_never_leads_back(client: Client, review: Review, path: str) -> None:
    Review.objects.update(name_shown=Review.NameShown.INITIALS)
    recognise_all()
    page = text(client, path)
    assert "Warm and honest" not in page


def test_who_came_with_an_import_is_said_to_be_unclaimed(client: Client, member: Member) -> None:
    Member.objects.update(is_unclaimed=True)
    assert "imported, not yet claimed" in text(client, "/members/mara/")


def test_one_may_follow_another_but_not_oneself(other_member: Member, member: Member, as_: As) -> None:
    address = reverse("follow_member", args=[other_member.pk])
    assert address in text(as_(member))
    assert address not in text(as_(other_member)) and "Edit your profile" in text(as_(other_member))


def test_what_the_next_level_asks_is_shown_to_oneself_alone(other_member: Member, member: Member, as_: As) -> None:
    assert "Your next level" in text(as_(other_member))
    assert "Your next level" not in text(as_(member))


def test_everybody_can_read_how_trust_is_earned(client: Client, new_member: Member, as_: As) -> None:
    assert "5 conversations read" in text(client, "/trust/") and "on the way" not in text(client, "/trust/")
    assert "0 of 5</span> conversations read" in text(as_(new_member), "/trust/")


def test_a_manager_gives_a_title_and_names_an_expert(
    manager: Member, other_member: Member, product: Product, as_: As
) -> None:
    client = as_(manager)
    fields = {"title": "Knitwear expert", "product": product.pk}
    client.post(reverse("expert", args=["tomas"]), fields)
    page = text(as_(None))
    assert "Knitwear expert" in page and "Expert</span>" in page
    assert Expertise.objects.get().named_by == manager
    client.post(reverse("no_expert", args=["tomas", product.slug]))
    assert "Expert</span>" not in text(as_(None))


def test_naming_twice_changes_nothing(manager: Member, other_member: Member, product: Product) -> None:
    assert name_expert(by=manager, member=other_member, product=product)
    assert not name_expert(by=manager, member=other_member, product=product)


@pytest.mark.parametrize(("who", "most"), [("anonymous", 8), ("reader", 9), ("self", 13)])
def test_a_profile_costs_the_same_however_much_there_is(
    solved: Post, review: Review, member: Member, as_: As, who: str, most: int
) -> None:
    client = as_({"anonymous": None, "reader": member, "self": solved.author}[who])
    text(client, f"{PAGE}?warm")
    with CaptureQueriesContext(connection) as queries:
        text(client)
    assert len(queries) <= most, [query["sql"] for query in queries]


@pytest.mark.parametrize("tab", ["questions", "answers", "reviews"])
def test_a_list_costs_five_queries(solved: Post, as_: As, tab: str) -> None:
    with CaptureQueriesContext(connection) as queries:
        text(as_(None), f"{PAGE}{tab}/")
    assert len(queries) <= 5, [query["sql"] for query in queries]


def test_who_is_gone_has_no_page(client: Client, member: Member) -> None:
    make_member("gone", is_active=False)
    for path in ("", "questions/", "answers/", "reviews/"):
        assert client.get(f"/members/gone/{path}").status_code == 404
