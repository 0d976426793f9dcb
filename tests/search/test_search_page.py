"""The search page, and the questions like the one being asked."""

import re
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from community.members.models import Member
from community.search.indexing import reindex
from community.search.similar import similar_threads
from community.threads.bulk import NewPost, NewThread, load_threads
from community.threads.models import Category, Post, Status, Thread
from community.threads.posting import add_answer
from community.threads.publishing import set_status
from forum.models import Question
from forum.solving import accept
from reviews.models import Review

ODD = [
    '"',
    "a AND",
    "NOT",
    "(((",
    "wool~5",
    "wo*l",
    "kind:question",
    "[a TO b]",
    "\x00",
    "\ud800".encode("utf-8", "surrogatepass"),
    "🧶🧶",
    "%",
    "'; DROP TABLE threads_thread; --",
    "<script>alert(1)</script>",
    "x" * 10_000,
    "wool " * 2_000,
    "\u061f \u202e \u200b",
]


def text_of(client: Client, address: str) -> str:
    response = client.get(address)
    assert response.status_code == 200
    return response.content.decode()


def test_results_say_what_they_are_and_why(client: Client, question: Thread, answer: Post, product: object) -> None:
    page = text_of(client, "/search/?q=wool+towel")
    assert "Answer by Tomas Berg:" in page
    assert "<mark>wool</mark> soap, and dry it flat on a <mark>towel</mark>" in page
    assert f'href="{answer.get_absolute_url()}"' in page
    assert "Answered" in page
    assert "Fell Jumper" in page


def test_a_solved_question_is_marked(client: Client, member: Member, answer: Post) -> None:
    accept(by=member, post=answer)
    assert "state--solved" in text_of(client, "/search/?q=towel")


def test_a_reviewer_who_is_not_named_stays_unnamed(client: Client, review: Review) -> None:
    Review.objects.update(name_shown=Review.NameShown.ANONYMOUS)
    page = text_of(client, "/search/?q=honest")
    assert "4 out of 5" in page
    assert "Tomas" not in page


def test_kinds_are_counted_and_chosen(client: Client, question: Thread, review: Review) -> None:
    page = text_of(client, "/search/?q=jumper")
    assert chips(page, "What to show") == {"Questions": 1, "Reviews": 1, "Products": 1}
    only = text_of(client, "/search/?q=jumper&kind=review")
    assert only.count('class="result"') == 1
    assert review.thread.title in re.sub("</?mark>", "", only)
    assert 'href="/search/?q=jumper"' in only


def chips(page: str, label: str) -> dict[str, int]:
    """Choices and counts of one group."""
    found = re.search(rf'<nav class="chips" aria-label="{label}">(.*?)</nav>', page, re.DOTALL)
    each = re.findall(r'class="chip"[^>]*>([^<]+) <span class="num">(\d+)', found[1] if found else "")
    return {name: int(count) for name, count in each}


def test_choices_combine_and_each_says_what_it_would_leave(client: Client, member: Member, category: Category) -> None:
    threads = load_many(member, category, 6)
    threads[0].tags.add("zip")
    for thread in threads[:2]:
        opening = Post.objects.get(thread=thread)
        Question.objects.filter(pk=thread.pk).update(
            accepted_post=opening, accepted_by=member, accepted_at=timezone.now()
        )
    Thread.objects.filter(pk=threads[5].pk).update(created_at=timezone.now() - timedelta(days=100))
    reindex()
    page = text_of(client, "/search/?q=mending&state=solved")
    assert page.count('class="result"') == 2
    assert chips(page, "Questions") == {"Solved": 2, "Not solved yet": 4}
    assert chips(page, "Tag") == {"zip": 1}
    assert chips(page, "When") == {"Past week": 2, "Past month": 2, "Past year": 2}
    assert text_of(client, "/search/?q=mending&state=solved&tag=zip").count('class="result"') == 1
    assert text_of(client, "/search/?q=mending&period=month").count('class="result"') == 5
    assert "What you chose leaves nothing" in text_of(client, "/search/?q=mending&kind=review")


def test_the_newest_may_come_first(client: Client, member: Member, category: Category) -> None:
    threads = load_many(member, category, 7)
    Thread.objects.filter(pk=threads[3].pk).update(created_at=timezone.now() + timedelta(days=2))
    reindex()
    page = text_of(client, "/search/?q=mending&sort=newest")
    assert page.index(threads[3].get_absolute_url()) == min(page.index(one.get_absolute_url()) for one in threads)
    assert '<a href="/search/?q=mending">Best match</a>' in page


@pytest.mark.parametrize("odd", ["tag=%00", "tag=a*", "product=%22)", "period=x", "state=x", "sort=x", "kind=["])
def test_a_choice_that_is_none_is_as_good_as_absent(odd: str, client: Client, question: Thread) -> None:
    assert question.get_absolute_url() in text_of(client, f"/search/?q=wool&{odd}")


def test_a_slip_of_the_finger_is_put_right(client: Client, question: Thread, answer: Post) -> None:
    page = text_of(client, "/search/?q=wool+twoel")
    assert 'Did you mean <a href="/search/?q=wool+towel"><strong>wool towel</strong></a>?' in page
    assert "Did you mean" not in text_of(client, "/search/?q=quicksilver")
    assert "Did you mean" not in text_of(client, "/search/?q=towel")


def test_of_words_that_lead_nowhere_together_those_that_do_are_offered(
    client: Client, question: Thread, review: Review
) -> None:
    page = text_of(client, '/search/?q="quicksilver lamp" label')
    assert "Something is here about" in page
    assert 'href="/search/?q=label"' in page


def test_typing_offers_titles_products_and_tags(client: Client, question: Thread, product: Any) -> None:
    question.tags.add("fell care")
    reindex()
    choices = client.get("/search/complete/?q=fel").json()["choices"]
    assert [(one["note"], one["label"]) for one in choices] == [
        ("Product", "Fell Jumper"),
        ("Tag", "fell care"),
        ("Question", question.title),
    ]
    assert client.get("/search/complete/?q=wash+fell+ju").json()["choices"][-1]["value"] == question.get_absolute_url()


def test_what_is_hidden_is_offered_to_nobody(client: Client, question: Thread, opening: Post) -> None:
    assert client.get("/search/complete/?q=wash+fe").json()["choices"]
    set_status(opening, Status.HIDDEN)
    assert client.get("/search/complete/?q=wash+fe").json()["choices"] == []


@pytest.mark.parametrize("odd", [*ODD, "a", "*"], ids=repr)
def test_no_input_breaks_what_is_offered(odd: str, client: Client, question: Thread) -> None:
    assert client.get(f"/search/complete/?q={_quoted(odd)}").status_code == 200


def test_nothing_found_leads_to_asking(client: Client, question: Thread) -> None:
    page = text_of(client, "/search/?q=quicksilver+lamp")
    assert "Nothing found" in page
    assert "/questions/ask/?title=quicksilver+lamp" in page


def test_some_of_the_words_will_do_if_none_has_all(client: Client, question: Thread) -> None:
    page = text_of(client, "/search/?q=label+quicksilver")
    assert "Nothing has all of these words" in page
    assert question.get_absolute_url() in page


def test_an_unwanted_word_takes_results_away(client: Client, question: Thread) -> None:
    assert "Nothing found" in text_of(client, "/search/?q=label+-wash")


@pytest.mark.parametrize("odd", ODD, ids=repr)
def test_no_input_breaks_the_page(odd: str, client: Client, question: Thread, settings: object) -> None:
    response = client.get(f"/search/?kind=%00&page=9999999&q={_quoted(odd)}")
    assert response.status_code == 200
    assert b"<script>alert" not in response.content


def _quoted(odd: str | bytes) -> str:
    raw = odd if isinstance(odd, bytes) else odd.encode()
    return "".join(f"%{byte:02x}" for byte in raw)


def test_it_is_not_for_search_engines(client: Client, question: Thread) -> None:
    response = client.get("/search/?q=wool")
    assert response["X-Robots-Tag"] == "noindex"
    assert b'<meta name="robots" content="noindex">' in response.content


def test_a_stranger_searches_fifteen_times_a_minute(client: Client, question: Thread) -> None:
    with time_machine.travel("2026-11-21 12:00", tick=False) as clock:
        for _ in range(15):
            assert client.get("/search/?q=wool").status_code == 200
        refused = client.get("/search/?q=wool+socks")
        assert refused.status_code == 429
        assert refused["Retry-After"] == "60"
        assert 'value="wool socks"' in refused.content.decode()
        assert client.get("/search/").status_code == 200
        clock.shift(timedelta(seconds=61))
        assert client.get("/search/?q=wool").status_code == 200


def test_a_member_is_not_counted(as_: object, member: Member, question: Thread) -> None:
    client = as_(member)  # type: ignore[operator]
    assert {client.get("/search/?q=wool").status_code for _ in range(20)} == {200}


def test_visitors_behind_the_trusted_proxy_are_told_apart(client: Client, question: Thread, settings: object) -> None:
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1  # type: ignore[attr-defined]

    def from_address(address: str) -> int:
        return client.get("/search/?q=wool", headers={"X-Forwarded-For": f"9.9.9.9, {address}"}).status_code

    assert [from_address("10.0.0.1") for _ in range(16)][-1] == 429
    assert from_address("10.0.0.2") == 200
    assert [from_address(f"2001:db8::{n:x}") for n in range(1, 17)][-1] == 429


def test_who_makes_up_proxies_gains_nothing(client: Client, question: Thread) -> None:
    codes = [client.get("/search/?q=wool", headers={"X-Forwarded-For": f"10.0.0.{n}"}).status_code for n in range(16)]
    assert codes[-1] == 429


def test_a_page_of_results_costs_the_same_however_many_there_are(
    client: Client,
    member: Member,
    category: Category,
    product: object,
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    load_many(member, category, 60)
    with django_assert_max_num_queries(4):
        page = text_of(client, "/search/?q=mending")
    assert page.count('class="result"') == 20
    assert 'page=3"' in page
    last = text_of(client, "/search/?q=mending&page=99")
    assert 'aria-current="page"><span class="visually-hidden">Page </span>3' in last


def load_many(member: Member, category: Category, count: int) -> list[Thread]:
    posts = [NewPost(author=member, body=f"My number {n} needs mending.") for n in range(count)]
    rows = [NewThread("question", f"Mending number {n}?", post) for n, post in enumerate(posts)]
    threads = load_threads(rows)
    Question.objects.bulk_create(Question(thread=thread, category=category) for thread in threads)
    reindex()
    return threads


def test_similar_questions_come_solved_ones_first(client: Client, member: Member, category: Category) -> None:
    threads = load_many(member, category, 8)
    answer = Post.objects.get(thread=threads[6], kind=Post.Kind.OPENING)
    Question.objects.filter(pk=threads[6].pk).update(
        accepted_post=answer, accepted_by=member, accepted_at="2026-01-01T00:00Z"
    )
    found = similar_threads("What about mending a number?")
    assert found[0] == threads[6]
    assert len(found) == 5
    assert similar_threads("What about mending a number?", exclude=threads[6])[0] != threads[6]


def test_similar_questions_begin_at_ten_characters(client: Client, question: Thread) -> None:
    assert similar_threads("Wash fell") == []
    assert similar_threads("Wash fell j") == [question]


def test_similar_questions_are_only_those_that_everybody_may_read(client: Client, question: Thread) -> None:
    Thread.objects.filter(pk=question.pk).update(status=Status.HELD)
    assert similar_threads("How do I wash the Fell Jumper?") == []


def test_looking_up_while_typing_has_a_limit_of_its_own(client: Client, question: Thread) -> None:
    codes = [client.get(f"/questions/suggestions/?title=How+{number}").status_code for number in range(61)]
    assert codes == [200] * 60 + [429]
    assert client.get("/search/?q=wool").status_code == 200


def test_what_was_found_for_somebody_is_drawn_once(
    client: Client, answer: Post, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    first = text_of(client, "/search/?q=towel")
    with django_assert_num_queries(1):
        assert text_of(client, "/search/?q=towel") == first


def test_what_was_found_before_it_was_hidden_is_not_shown_again(client: Client, answer: Post) -> None:
    assert "wool</mark> soap" in text_of(client, "/search/?q=wool+towel")
    set_status(answer, Status.HIDDEN)
    assert "soap" not in text_of(client, "/search/?q=wool+towel")


def test_a_search_asked_again_finds_what_was_written_since(client: Client, question: Thread, regular: Member) -> None:
    assert "Nothing found" in text_of(client, "/search/?q=vinegar")
    add_answer(by=regular, thread=question, body="A spoon of vinegar in the last rinse keeps it soft.")
    assert "<mark>vinegar</mark>" in text_of(client, "/search/?q=vinegar")


def test_a_search_that_was_asked_before_counts_as_one(client: Client, answer: Post, settings: Any) -> None:
    settings.SEARCHES_A_MINUTE = 2
    assert [client.get("/search/?q=towel").status_code for _ in range(3)] == [200, 200, 429]
