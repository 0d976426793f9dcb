"""Loading many threads at once comes to the same as posting them one by one."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError
from django.utils import timezone

from community.members.models import Member
from community.threads.bulk import NewPost, NewThread, load_threads
from community.threads.models import Edition, Post, Status, Tag, Thread, Vote
from community.threads.rendering import render

LONG_AGO = timezone.now() - timedelta(days=30)


def row(author: Member, helper: Member, **changed: Any) -> NewThread:
    comment = NewPost(author, "Thank you!", created_at=LONG_AGO + timedelta(hours=2))
    answer = NewPost(helper, "Cold, says @mara.", LONG_AGO + timedelta(hours=1), [comment], votes=[(author, True)])
    opening = NewPost(author, "How do **you** wash it?", created_at=LONG_AGO)
    return NewThread(
        "question", "How do I wash it?", opening, **{"answers": [answer], "tags": ["Wool", "care"], **changed}
    )


def test_everything_is_as_if_it_had_been_posted(member: Member, other_member: Member) -> None:
    Tag.objects.create(name="wool")
    new = row(member, other_member)
    new.opening.votes = [(other_member, True)]
    (thread,) = load_threads([new])
    thread.refresh_from_db()
    assert round(thread.helpful_score, 4) == 0.2065
    answer = thread.posts.get(kind=Post.Kind.ANSWER)
    assert (thread.slug, thread.created_at, thread.last_post_by) == ("how-do-i-wash-it", LONG_AGO, member)
    assert (thread.answer_count, thread.comment_count) == (1, 1)
    assert (answer.helpful_count, round(answer.helpful_score, 4)) == (1, 0.2065)
    assert answer.body_html == render(answer.body)
    assert answer.comments.get().created_at == LONG_AGO + timedelta(hours=2)
    assert sorted(thread.tags.names()) == ["care", "wool"]


def test_rows_know_what_they_became(member: Member, other_member: Member) -> None:
    new = row(member, other_member)
    load_threads([new])
    assert new.saved == Thread.objects.get()
    assert new.answers[0].saved == Post.objects.get(kind=Post.Kind.ANSWER)


def test_what_is_held_or_deleted_is_not_counted(member: Member, other_member: Member) -> None:
    answers = [NewPost(other_member, "Text", status=status) for status in (Status.HELD, Status.WITHDRAWN)]
    (thread,) = load_threads([row(member, other_member, answers=answers)])
    thread.refresh_from_db()
    assert thread.answer_count == 0


def test_kept_pages_become_old(member: Member, other_member: Member) -> None:
    before = Edition.current()
    load_threads([row(member, other_member)])
    assert Edition.current() > before


def test_all_is_loaded_or_nothing(member: Member, other_member: Member) -> None:
    twice = NewPost(other_member, "Text", votes=[(member, True), (member, True)])
    with pytest.raises(IntegrityError):
        load_threads([row(member, other_member), row(member, other_member, answers=[twice])])
    assert not Thread.objects.exists()


def test_rows_are_saved_in_batches(
    member: Member, other_member: Member, django_assert_max_num_queries: Callable[..., Any]
) -> None:
    with django_assert_max_num_queries(50):
        load_threads([row(member, other_member) for _ in range(200)])
    assert Vote.objects.count() == 200
