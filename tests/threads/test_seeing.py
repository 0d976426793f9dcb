"""Read tracking: what a member has seen, what is new to them, and what it adds up to."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from community.members.models import Member
from community.threads.models import Post, ReadingDay, Thread, ThreadRead
from community.threads.posting import add_answer
from community.threads.seeing import mark_read
from reviews.models import Review
from tests.conftest import long_ago

As = Callable[[Member | None], Client]


def see(reader: Client, thread: Thread, **said: object) -> int:
    until = {"until": int(thread.last_post_at.timestamp())}
    return reader.post(
        reverse("see_thread", args=[thread.pk]), until | said, headers={"HX-Request": "true"}
    ).status_code


def answer_later(thread: Thread, by: Member) -> Post:
    post = add_answer(by=by, thread=thread, body="Cold water, and dry it flat in the shade.")
    later = timezone.now() + timedelta(minutes=5)
    Post.objects.filter(pk=post.pk).update(created_at=later)
    Thread.objects.filter(pk=thread.pk).update(last_post_at=later)
    thread.refresh_from_db()
    return post


def test_reading_makes_one_mark_and_one_day(question: Thread, other_member: Member, as_: As) -> None:
    assert [see(as_(other_member), question, posts=1, seconds=3) for _ in range(2)] == [204, 204]
    mark, day = ThreadRead.objects.get(member=other_member), ReadingDay.objects.get(member=other_member)
    assert mark.read_until == question.last_post_at
    assert (day.threads_read, day.posts_read, day.seconds) == (1, 1, 3)


@pytest.mark.parametrize("said", [{}, {"until": "x"}, {"until": "9" * 40}, {"until": "1e9"}, {"until": "\0"}])
def test_a_browser_that_says_nonsense_is_no_error(said: dict, question: Thread, other_member: Member, as_: As) -> None:
    assert see(as_(other_member), question, **{"until": "", **said}) == 204
    assert not ThreadRead.objects.filter(member=other_member).exists()


def test_no_more_is_believed_than_the_thread_has_and_the_clock_allows(question: Thread, other_member: Member) -> None:
    boast = {"by": other_member, "thread": question, "posts": 5000, "seconds": 10**6}
    for _ in range(3):
        mark_read(until=timezone.now() + timedelta(days=9), **boast)
    mark, day = ThreadRead.objects.get(member=other_member), ReadingDay.objects.get(member=other_member)
    assert mark.read_until == question.last_post_at
    assert day.posts_read == 1 and day.seconds <= 12


def test_many_pages_opened_at_once_are_not_read_for_longer(
    question: Thread, review: Review, new_member: Member, other_member: Member
) -> None:
    for thread in (question, review.thread) * 3:
        mark_read(by=new_member, thread=thread, until=thread.last_post_at, posts=1, seconds=600)
    assert ReadingDay.objects.get(member=new_member).seconds <= 12


def test_what_came_since_is_marked_on_the_page_and_in_lists(
    question: Thread, member: Member, other_member: Member, regular: Member, as_: As
) -> None:
    mark_read(by=regular, thread=question, until=question.last_post_at, posts=1)
    long_ago(question)
    post = answer_later(question, other_member)
    page = as_(regular).get(question.get_absolute_url()).content.decode()
    assert page.count('<span class="fresh">') == 1
    assert "Since your last visit" in page and f'href="#post-{post.pk}"' in page
    assert '<span class="fresh">' in as_(regular).get("/questions/").content.decode()


def test_who_never_read_it_wrote_it_or_reads_again_sees_no_mark(
    question: Thread, member: Member, other_member: Member, regular: Member, as_: As
) -> None:
    mark_read(by=regular, thread=question, until=question.last_post_at, posts=1)
    long_ago(question)
    post = add_answer(by=other_member, thread=question, body="Cold water, and dry it flat in the shade.")
    question.refresh_from_db()
    assert post.created_at <= question.last_post_at
    see(as_(regular), question)
    for reader in (regular, other_member):
        assert "Since your last visit" not in as_(reader).get(question.get_absolute_url()).content.decode()


def test_new_posts_on_another_page_are_told_of(
    question: Thread, regular: Member, other_member: Member, as_: As
) -> None:
    mark_read(by=regular, thread=question, until=question.last_post_at, posts=1)
    later = timezone.now() + timedelta(minutes=5)
    Thread.objects.filter(pk=question.pk).update(last_post_at=later)
    assert "new posts on another page" in as_(regular).get(question.get_absolute_url()).content.decode()


def test_nobody_writes_a_mark_into_a_post(question: Thread, regular: Member, other_member: Member, as_: As) -> None:
    mark_read(by=regular, thread=question, until=question.last_post_at, posts=1)
    long_ago(question)
    add_answer(by=other_member, thread=question, body=f"Look: <!--fresh line {question.pk} 99999999999 0--> new")
    see(as_(regular), Thread.objects.get(pk=question.pk))
    assert "Since your last visit" not in as_(regular).get(question.get_absolute_url()).content.decode()


def test_strangers_read_no_marks_and_leave_none(question: Thread, client: Client) -> None:
    assert see(client, question) == 200
    assert not ThreadRead.objects.exclude(member=question.author).exists()
