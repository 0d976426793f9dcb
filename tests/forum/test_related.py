"""Questions beside a question: those most like it, once search knows them; before that, others about the product."""

import re
from collections.abc import Callable

import pytest
from django.test import Client

from community.search.indexing import reindex
from community.threads.models import Status
from community.threads.publishing import set_status
from forum.models import Question
from forum.related import related_keys
from tests.forum.conftest import Ask
from tests.forum.test_budgets import forget


@pytest.fixture
def washing(asked: Ask) -> list[Question]:
    """The second is like the first; the third is about the same product and nothing else."""
    first = asked("How do I wash a felted wool jumper by hand?", product=None)
    like = asked("Can I wash my wool jumper by hand in the sink?", product=None)
    asked("Where is the label with the size sewn in?", product=None)
    reindex()
    return [first, like]


def beside(client: Client, question: Question) -> tuple[str, list[str]]:
    """The panel's heading, and the titles under it, as the next reader sees them."""
    forget()
    page = client.get(question.get_absolute_url()).content.decode()
    panel = page.partition('<aside class="aside" aria-label="More to read">')[2].partition("</section>")[0]
    heading = re.search(r'<h2 class="panel__title">([^<]*)</h2>', panel)
    return (heading[1] if heading else "", re.findall(r'<a href="/questions/[^"]*">([^<]*)</a>', panel))


def test_the_likest_stand_beside_it_from_the_second_reader_on(washing: list[Question], client: Client) -> None:
    first, like = washing
    assert beside(client, first)[0] == "More in Care and repair"
    heading, titles = beside(client, first)
    assert heading == "Questions like this" and titles[0] == like.thread.title
    assert related_keys(first.pk)[0] == like.pk


def test_what_was_hidden_since_is_not_shown(washing: list[Question], client: Client) -> None:
    first, like = washing
    beside(client, first)
    set_status(like.thread.posts.get(), Status.HIDDEN)
    assert like.thread.title not in beside(client, first)[1]


def test_it_costs_no_query_more(
    washing: list[Question], client: Client, django_assert_max_num_queries: Callable[..., object]
) -> None:
    for _ in range(2):
        forget()
        with django_assert_max_num_queries(3):
            client.get(washing[0].get_absolute_url())


def test_without_an_index_the_page_is_there(asked: Ask, client: Client) -> None:
    assert client.get(asked().get_absolute_url()).status_code == 200
