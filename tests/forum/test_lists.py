"""Lists of questions: tabs, filters that combine, pages, and what search engines are told."""

import html
import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.conf import settings
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from community.members.models import Member
from community.notifications.following import follow
from community.products.models import Product, ProductCategory
from community.threads.models import Category, Post, Status, Tag, Thread
from community.threads.posting import add_answer
from community.threads.publishing import set_status
from forum.models import Question
from forum.solving import accept
from tests.forum.conftest import Ask, answers_of

As = Callable[[Member | None], Client]


@pytest.fixture
def three(asked: Ask, member: Member) -> list[Question]:
    """Unanswered, answered and solved; the last was asked first."""
    new = asked("The newest, without an answer", ago=timedelta(hours=1), tags=["wool"])
    middle = asked("In the middle, with an answer", answers=1, ago=timedelta(hours=2))
    old = asked("The oldest, which is solved", answers=1, ago=timedelta(hours=3), tags=["wool", "zip"])
    accept(by=member, post=answers_of(old)[0])
    return [new, middle, old]


def titles(client: Client, address: str = "/questions/") -> list[str]:
    page = client.get(address).content.decode()
    rows = re.findall(r'class="question-row__title"><a [^>]*>([^<]*)</a>', page)
    return [html.unescape(title).split(",")[0] for title in rows]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("", ["The newest", "In the middle", "The oldest"]),
        ("?tab=newest", ["The newest", "In the middle", "The oldest"]),
        ("?tab=unanswered", ["The newest"]),
        ("?tab=unsolved", ["The newest", "In the middle"]),
        ("?tab=solved", ["The oldest"]),
        ("?tab=solved&tag=zip", ["The oldest"]),
        ("?tag=wool", ["The newest", "The oldest"]),
        ("?tag=wool&tab=unsolved", ["The newest"]),
        ("?category=care-and-repair&product=fell-jumper&tag=zip", ["The oldest"]),
    ],
)
def test_tabs_and_filters_combine(three: list[Question], client: Client, query: str, expected: list[str]) -> None:
    assert titles(client, f"/questions/{query}") == expected


def test_active_puts_first_what_was_last_written_in(three: list[Question], regular: Member, client: Client) -> None:
    add_answer(by=regular, thread=three[2].thread, body="One more thing about the old one.")
    assert titles(client, "/questions/?tab=active")[0] == "The oldest"


@pytest.mark.parametrize(
    "query", ["tab=best", "category=none", "product=none", "tag=none", "page=0", "page=x", "tag=a%00b", "product=%FF"]
)
def test_what_is_not_there_is_404(three: list[Question], client: Client, query: str) -> None:
    assert client.get(f"/questions/?{query}").status_code == 404


def test_a_filter_that_leaves_nothing_offers_the_next_step(three: list[Question], client: Client) -> None:
    Category.objects.create(name="Orders", slug="orders")
    page = client.get("/questions/?category=orders").content.decode()
    assert "Nothing fits all of this" in page


def test_chosen_filters_are_links_that_take_them_away(three: list[Question], client: Client) -> None:
    page = client.get("/questions/?tag=wool&tab=unsolved&category=care-and-repair").content.decode()
    assert 'href="/questions/?tab=unsolved&amp;tag=wool"' in page
    assert 'href="/questions/?tab=unsolved&amp;category=care-and-repair"' in page


def test_an_empty_community_invites_the_first_question(db: None, client: Client) -> None:
    page = client.get("/questions/").content.decode()
    assert "Ask the first question" in page
    assert "noindex" in page


def test_counts_follow_what_happens(three: list[Question], regular: Member, client: Client) -> None:
    def counts() -> dict[str, int]:
        page = client.get("/questions/").content.decode()
        tabs = re.findall(r'<a href="/questions/[^"]*"[^>]*>(\w+) <span class="num">(\d+)</span></a>', page)
        return {label: int(number) for label, number in tabs}

    assert counts() == {"Unanswered": 1, "Unsolved": 2, "Solved": 1}
    add_answer(by=regular, thread=three[0].thread, body="Now it has an answer as well.")
    client.cookies["sessionid"] = "not-kept"  # past the kept page
    assert counts() == {"Unanswered": 0, "Unsolved": 2, "Solved": 1}


def test_pages_miss_and_repeat_nothing(asked: Ask, client: Client) -> None:
    for number in range(45):
        asked(f"Question number {number} of many", ago=timedelta(hours=1))
    pages = [titles(client, f"/questions/?page={number}") for number in (1, 2, 3)]
    assert [len(page) for page in pages] == [20, 20, 5]
    assert len({*pages[0], *pages[1], *pages[2]}) == 45
    assert titles(client, "/questions/?page=9") == pages[2]
    assert "?tab=unsolved&amp;page=3" in client.get("/questions/?tab=unsolved").content.decode()


def test_hidden_questions_are_on_no_list(three: list[Question], moderator: Member, as_: As) -> None:
    set_status(Post.objects.get(thread=three[0].pk, kind="opening"), Status.HIDDEN)
    for who in (None, moderator, three[0].thread.author):
        assert titles(as_(who)) == ["In the middle", "The oldest"]


@pytest.mark.parametrize(
    ("query", "canonical", "is_indexed"),
    [
        ("", "/questions/", True),
        ("?page=1", "/questions/", True),
        ("?tab=active", "/questions/", True),
        ("?tab=unsolved", "/questions/", False),
        ("?tag=wool", "/questions/", False),
    ],
)
def test_search_engines_are_shown_the_plain_list(
    three: list[Question], client: Client, query: str, canonical: str, is_indexed: bool
) -> None:
    page = client.get(f"/questions/{query}").content.decode()
    assert f'<link rel="canonical" href="{settings.SITE_URL}{canonical}">' in page
    assert ('content="noindex"' not in page) is is_indexed


def test_a_tag_has_a_page_to_follow(three: list[Question], member: Member, as_: As) -> None:
    tag = Tag.objects.get(slug="wool")
    assert titles(as_(member), "/tags/wool/") == ["The newest", "The oldest"]
    assert reverse("follow_tag", args=[tag.pk]) in as_(member).get("/tags/wool/").content.decode()
    follow(by=member, tag=tag)
    assert reverse("unfollow_tag", args=[tag.pk]) in as_(member).get("/tags/wool/").content.decode()
    assert not as_(None).get("/tags/wool/").cookies


def test_a_tag_that_nothing_public_has_is_404(asked: Ask, client: Client) -> None:
    hidden = asked(tags=["secret"])
    set_status(hidden.thread.posts.get(), Status.HIDDEN)
    assert client.get("/tags/secret/").status_code == 404
    assert client.get("/tags/unknown/").status_code == 404
    assert client.get("/tags/a%00b/").status_code == 404


def test_a_category_made_in_the_admin_is_there_at_once(three: list[Question], admin: Member, as_: As) -> None:
    as_(None).get("/questions/")
    fields = {"name": "Orders", "slug": "orders", "description": "Where is it?", "position": 3}
    as_(admin).post(reverse("admin:threads_category_add"), fields)
    assert "Orders" in as_(None).get("/questions/").content.decode()


def test_a_filter_beyond_the_shelves_is_found(asked: Ask, client: Client) -> None:
    shelf = ProductCategory.objects.create(name="Bags", slug="bags")
    for number in range(11):
        bag = Product.objects.create(name=f"Bag {number:02}", slug=f"bag-{number}", sku=str(number), category=shelf)
        asked(f"What fits into bag {number}?", product=bag)
    cache.clear()
    assert titles(client, "/questions/?product=bag-10") == ["What fits into bag 10?"]


def test_the_admin_lists_questions_without_asking_for_each(
    asked: Ask, admin: Member, as_: As, django_assert_max_num_queries: Callable[..., object]
) -> None:
    for number in range(30):
        asked(f"Question number {number} of many", answers=1)
    ada = as_(admin)
    with django_assert_max_num_queries(12):
        assert ada.get(reverse("admin:forum_question_changelist")).status_code == 200
    question = Question.objects.first()
    assert ada.get(reverse("admin:forum_question_change", args=[question.pk])).status_code == 200
    assert ada.get(f"{reverse('admin:forum_question_changelist')}?state=unsolved&q=number").status_code == 200
    assert ada.get(reverse("admin:threads_category_changelist")).status_code == 200
    assert ada.get(reverse("admin:forum_metoo_changelist")).status_code == 200
    assert ada.get(reverse("admin:forum_alsoaccepted_changelist")).status_code == 200
    assert Thread.objects.count() == 30
