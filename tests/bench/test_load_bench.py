"""The bench's content is exactly as much as was asked for, and the yardstick weighs what it says."""

from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db.models import Count
from django.test import Client, RequestFactory

from community.bench.filling import Filler
from community.bench.words import Writer
from community.members.models import Member
from community.products.models import Product
from community.search.indexing import compare
from community.threads.models import Post, Thread
from forum.models import Question
from reviews.models import RatingSummary
from tests.bench.yardstick import yardstick

SMALL = {"threads": 25, "posts": 2200, "members": 5, "reviews": 30}


@pytest.fixture
def _loaded(db: None) -> None:
    Filler(print).fill(**SMALL)


@pytest.mark.usefixtures("_loaded")
def test_it_makes_exactly_what_was_asked_for() -> None:
    questions = Thread.objects.questions()
    assert questions.count() == Question.objects.count() == 25
    assert Post.objects.filter(thread__in=questions).count() == 2200
    assert Member.objects.count() == 5
    assert sum(RatingSummary.objects.values_list("count", flat=True)) == Thread.objects.reviews().count() == 30


@pytest.mark.usefixtures("_loaded")
def test_it_makes_the_two_threads_that_the_bench_reads() -> None:
    sizes = Thread.objects.annotate(size=Count("posts")).values_list("size", flat=True)
    assert {20, 2000} <= set(sizes)


@pytest.mark.usefixtures("_loaded")
def test_a_second_run_makes_nothing_more_and_indexes_what_is_there() -> None:
    call_command("load_bench", **SMALL)
    assert Member.objects.count() == 5
    assert compare().count == 0


def test_a_community_with_members_is_left_alone(member: Member) -> None:
    with pytest.raises(CommandError, match="belongs into an empty one"):
        call_command("load_bench", **SMALL)
    assert not Product.objects.exists()


@pytest.mark.django_db
@pytest.mark.parametrize("wrong", [{"posts": 2040}, {"threads": 0}, {"members": 0}, {"reviews": -1}, {"reviews": 1001}])
def test_impossible_amounts_are_refused_before_anything_is_made(wrong: dict[str, int]) -> None:
    with pytest.raises(CommandError):
        call_command("load_bench", **SMALL | wrong)
    assert not Member.objects.exists()


def test_two_writers_write_the_same() -> None:
    assert Writer().body() == Writer().body()
    assert Writer(1).body() != Writer(2).body()


def test_a_title_is_as_long_as_a_title_may_be() -> None:
    writer = Writer()
    assert all(15 <= len(writer.title("?")) <= 150 for _ in range(2000))


@pytest.mark.usefixtures("_loaded")
def test_the_yardstick_is_a_page_of_19_kilobytes_with_20_rows(
    rf: RequestFactory, django_assert_num_queries: Any
) -> None:
    with django_assert_num_queries(1):
        page = yardstick(rf.get("/yardstick/")).content.decode()
    assert 18_500 < len(page) < 20_500
    assert page.count("<li>") == 20


@pytest.mark.usefixtures("_loaded")
@pytest.mark.urls("tests.bench.urls")
def test_the_bench_finds_a_page_of_each_kind(client: Client) -> None:
    found = client.get("/yardstick/pages/").json()
    assert list(found) == ["home", "list", "thread of 20", "last page of 2,000", "product", "search"]


@pytest.mark.django_db
@pytest.mark.urls("tests.bench.urls")
def test_without_content_it_says_what_to_run(client: Client) -> None:
    answer = client.get("/yardstick/pages/")
    assert answer.status_code == 409
    assert "load_bench" in answer.json()["error"]
