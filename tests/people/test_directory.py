"""The list of members: who is in it, who is found, and what it never shows."""

from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from community.members.models import Member
from community.people.models import Award, Badge, Expertise, Standing
from community.products.models import Product
from community.recognising.recognising import recognise_all
from community.threads.models import Edition, Post, Tag
from forum.solving import accept

pytestmark = pytest.mark.django_db
As = Callable[[Member | None], Client]


@pytest.fixture
def talk(answer: Post, member: Member, new_member: Member) -> Post:
    """Mara asked, Tomas solved it; Ned has said nothing."""
    accept(by=member, post=answer)
    recognise_all()
    return answer


def names(client: Client, query: str = "") -> list[str]:
    return [row.member.username for row in client.get(f"/members/{query}").context["page"]]


def test_who_said_something_is_listed_the_most_helpful_first(client: Client, talk: Post) -> None:
    assert names(client) == ["tomas", "mara"]


@pytest.mark.parametrize(
    ("query", "found"),
    [("?q=BERG", ["tomas"]), ("?q=mar", ["mara"]), ("?q=ned", []), ("?q=%25", []), ("?q=%00", ["tomas", "mara"])],
)
def test_people_are_found_by_name(client: Client, talk: Post, query: str, found: list[str]) -> None:
    assert names(client, query) == found


def test_a_new_name_is_found_at_once(client: Client, talk: Post, member: Member, as_: As) -> None:
    as_(member).post("/members/me/edit/", {"display_name": "Philippa", "bio": ""})
    assert names(client, "?q=philippa") == ["mara"]


def test_the_list_can_be_narrowed_to_who_knows_something(client: Client, talk: Post, product: Product) -> None:
    assert names(client, "?product=fell-jumper") == []
    Expertise.objects.update(confirmed=3, answers=4)
    Edition.advance()
    assert names(client, "?product=fell-jumper") == names(client, "?tag=wool") == ["tomas"]
    assert names(client, "?product=fell-jumper%00") == ["tomas"]  # PostgreSQL takes no NUL
    assert b"3 of 4 answers about it confirmed" in client.get("/members/?product=fell-jumper").content
    Member.objects.update(is_shown_as_expert=False)
    Edition.advance()
    assert names(client, "?product=fell-jumper") == []


def test_a_badge_leads_to_who_has_it(client: Client, talk: Post) -> None:
    page = client.get("/badges/").content.decode()
    assert 'href="/members/?badge=first-solution">1 member</a> has it' in page
    assert names(client, "?badge=first-solution") == ["tomas"]


@pytest.mark.parametrize(
    ("query", "is_indexed"), [("", True), ("?sort=newest", False), ("?q=mara", False), ("?product=fell-jumper", False)]
)
def test_only_the_plain_list_is_for_search_engines(client: Client, talk: Post, query: str, is_indexed: bool) -> None:
    page = client.get(f"/members/{query}").content.decode()
    assert ('content="noindex"' not in page) is is_indexed


def test_nobodys_address_is_ever_in_it(talk: Post, manager: Member, as_: As) -> None:
    for who in (None, manager):
        for query in ("", "?q=example", "?product=fell-jumper"):
            assert b"@example" not in as_(who).get(f"/members/{query}").content


def test_an_address_is_not_what_people_are_found_by(client: Client, talk: Post) -> None:
    assert names(client, "?q=example.com") == []


def test_looking_for_people_has_a_limit(client: Client, talk: Post) -> None:
    codes = [client.get(f"/members/?q=a{number}").status_code for number in range(16)]
    assert codes == [200] * 15 + [429]
    assert client.get("/members/").status_code == 200


@pytest.mark.parametrize("query", ["?page=0", "?page=9", "?page=x", "?sort=x&badge=x&product=x&tag=x&q="])
def test_odd_addresses_are_no_error(client: Client, talk: Post, query: str) -> None:
    assert client.get(f"/members/{query}").status_code in (200, 404)


@pytest.mark.parametrize("number", [3, 40])
def test_the_list_costs_the_same_for_few_and_many(client: Client, talk: Post, number: int) -> None:
    people = Member.objects.bulk_create(Member(username=f"m{n}", email=f"m{n}@x.zz") for n in range(number))
    Standing.objects.bulk_create(Standing(member=m, is_listed=True, joined_at=m.date_joined) for m in people)
    with CaptureQueriesContext(connection) as queries:
        assert client.get("/members/").status_code == 200
    assert len(queries) <= 4, [query["sql"] for query in queries]


def test_every_badge_says_its_rule(client: Client, talk: Post) -> None:
    page = client.get("/badges/").content.decode()
    assert all(badge.label in page for badge in Badge)
    assert Award.objects.count() == 1 and "Nobody has it yet" in page


def test_an_unused_tag_finds_nobody(client: Client, talk: Post) -> None:
    Tag.objects.create(name="zip", slug="zip")
    assert names(client, "?tag=zip") == []
