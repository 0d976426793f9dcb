"""What a page may cost: 300 rows cost what 3 cost, and a thread's page stays light."""

from collections.abc import Callable

import pytest
from django.db import connection
from django.http import QueryDict
from django.test import Client

from community.branding.models import Branding
from community.kept_pages import kept_pages
from community.members.models import Member
from community.products.models import Product
from community.threads.bulk import NewPost, NewThread, load_threads
from community.threads.kept import kept
from community.threads.models import Attachment, Category, Post, Thread
from forum.listing import Choice
from forum.models import Question
from forum.solving import accept
from tests.forum.conftest import Ask, answers_of

As = Callable[[Member | None], Client]
Budget = Callable[..., object]
LISTS = ("/questions/", "/questions/?tab=unsolved", "/questions/?tab=active&category=care-and-repair")
LONG = "Wash it cold, with wool soap, and dry it flat on a towel, away from the heater. " * 8


@pytest.fixture(params=[3, 300])
def number(request: pytest.FixtureRequest) -> int:
    return request.param


def forget() -> None:
    """Everything but sessions and the brand, which the cache holds for every page."""
    Branding.current()
    kept_pages.clear()
    kept.clear()


def test_a_thread_costs_6_queries_signed_in_7_its_asker_and_3_signed_out(
    asked: Ask,
    member: Member,
    regular: Member,
    moderator: Member,
    number: int,
    as_: As,
    django_assert_max_num_queries: Budget,
) -> None:
    question = asked(answers=number, comments=2, tags=["wool", "zip"])
    accept(by=member, post=answers_of(question)[-1])
    names = {"large": "a.webp", "medium": "b.webp", "small": "c.webp", "width": 9, "height": 9}
    Attachment.objects.bulk_create([Attachment(uploader=member, post=post, **names) for post in Post.objects.all()[:9]])
    for who, most in ((None, 3), (member, 7), (regular, 6), (moderator, 6)):
        reader = as_(who)
        for query in ("", f"?page={1 + number // 20}", "?order=time"):
            forget()
            with django_assert_max_num_queries(most):
                assert reader.get(question.get_absolute_url() + query).status_code == 200


def test_a_list_costs_4_queries_and_a_member_one_more(
    member: Member, category: Category, product: Product, number: int, as_: As, django_assert_max_num_queries: Budget
) -> None:
    rows = [
        NewThread(Thread.Kind.QUESTION, f"Question number {n}", NewPost(member, LONG), product=product, tags=["wool"])
        for n in range(number)
    ]
    Question.objects.bulk_create([Question(thread=thread, category=category) for thread in load_threads(rows)])
    for who in (None, member):
        reader = as_(who)
        addresses = [*LISTS, f"/questions/?category=care-and-repair&page={1 + number // 300}", "/tags/wool/"]
        for address in addresses:
            forget()
            marks = int(who is not None)  # what this reader has read: no cache can hold it
            with django_assert_max_num_queries((5 if "tags" in address else 4) + marks):
                assert reader.get(address).status_code == 200


@pytest.mark.parametrize("query", ["", "tab=active", "tab=unanswered", "tab=solved", "tag=wool", "product=fell-jumper"])
def test_a_list_reads_no_table_from_end_to_end(asked: Ask, query: str) -> None:
    """As SQLite plans it; PostgreSQL plans by the number of rows, of which a test has few."""
    for number in range(3):
        asked(f"Question number {number}", tags=["wool"])
    choice = Choice.from_address(QueryDict(query))
    plan = choice.keys(1).explain()
    assert connection.vendor != "sqlite" or "SCAN" not in plan


def test_a_page_of_twenty_answers_stays_under_60_kb(asked: Ask, member: Member, regular: Member, as_: As) -> None:
    question = asked(answers=19, comments=1)
    Post.objects.answers().update(body_html=f"<p>{LONG}</p>")
    for who in (None, member, regular):
        page = as_(who).get(question.get_absolute_url())
        assert len(page.content) <= 60 * 1024
