"""A page kept for signed-out readers is never an old page: nobody sees again what was hidden, edited or withdrawn."""

from collections.abc import Callable

import pytest
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext

from community.kept_pages import KeptPages, kept_pages
from community.members.models import Member
from community.threads.editing import revise
from community.threads.models import Post, Status, Thread
from community.threads.publishing import set_status
from community.threads.voting import vote
from community.threads.withdrawing import withdraw


def read(client: Client, thread: Thread) -> str:
    return client.get(thread.get_absolute_url()).content.decode()


def test_a_kept_page_costs_one_query(client: Client, question: Thread) -> None:
    read(client, question)
    with CaptureQueriesContext(
        connection,
    ) as queries:
        read(client, question)
    assert [query["sql"].split(" FROM ")[1].split()[0] for query in queries] == ['"threads_edition"']


def test_a_kept_page_is_the_same_page(client: Client, question: Thread) -> None:
    first, second = client.get(question.get_absolute_url()), client.get(question.get_absolute_url())
    assert first.content == second.content
    assert first.headers["Content-Type"] == second.headers["Content-Type"]
    assert second.headers["Content-Security-Policy"]


def test_a_hidden_answer_is_gone_at_once(client: Client, answer: Post) -> None:
    assert "wool soap" in read(client, answer.thread)
    set_status(answer, Status.HIDDEN)
    assert "wool soap" not in read(client, answer.thread)


def test_an_edited_answer_reads_new_at_once(client: Client, answer: Post) -> None:
    read(client, answer.thread)
    revise(by=answer.author, post=answer, body="Cold water and a gentle shampoo do just as well.", base_version=1)
    page = read(client, answer.thread)
    assert "gentle shampoo" in page and "wool soap" not in page


def test_a_withdrawn_answer_is_gone_at_once(client: Client, answer: Post) -> None:
    read(client, answer.thread)
    withdraw(by=answer.author, post=answer)
    assert "wool soap" not in read(client, answer.thread)


def test_a_vote_is_counted_at_once(client: Client, answer: Post, member: Member) -> None:
    before = read(client, answer.thread)
    vote(by=member, post=answer, is_helpful=True)
    assert read(client, answer.thread) != before


def test_a_change_rolled_back_ends_no_page(client: Client, answer: Post) -> None:
    before = read(client, answer.thread)
    with transaction.atomic():
        set_status(answer, Status.HIDDEN)
        transaction.set_rollback(True)
    assert read(client, answer.thread) == before


def test_a_member_never_gets_a_strangers_page(client: Client, answer: Post, as_: Callable[..., Client]) -> None:
    stranger = read(client, answer.thread)
    mine = as_(answer.author).get(answer.thread.get_absolute_url()).content.decode()
    assert answer.author.name in mine and mine != stranger
    assert read(client, answer.thread) == stranger


def test_a_refusal_is_not_kept(client: Client, question: Thread) -> None:
    set_status(question.posts.get(), Status.REMOVED)
    assert client.get(question.get_absolute_url()).status_code in (404, 410)
    assert not kept_pages.holds(f"http://testserver{question.get_absolute_url()}")


@pytest.mark.parametrize("size", [10, 1000])
def test_kept_pages_stay_within_their_bytes(size: int) -> None:
    pages = KeptPages(most_bytes=5000)
    for number in range(50):
        pages.put(f"/{number}", 1, b"x" * size, {})
    assert sum(pages.sizes()) <= 5000
    assert pages.holds("/49")
