"""The log that a regulator reads: complete, in order, and never changed."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from community.members.models import Member
from community.moderation import deciding
from community.moderation.flagging import flag
from community.moderation.models import Decision
from community.products.models import Product
from community.threads.bulk import NewPost, NewThread, load_threads
from community.threads.models import Post, Status
from community.threads.withdrawing import restore, withdraw
from reviews.models import Review, ReviewRecord, ReviewVersion
from reviews.recording import catch_up, complete_log
from reviews.reviewing import write_review
from tests.reviews.writing import change, opening_of

Kind = ReviewRecord.Kind


def kinds(review: Review) -> list[str]:
    return [str(line.kind) for line in review.records.all()]


def test_a_review_begins_with_what_was_sent_in_and_when_it_appeared(review: Review) -> None:
    sent, shown = review.records.all()
    review.refresh_from_db()
    assert (sent.kind, sent.stars, sent.version, sent.actor) == (Kind.WRITTEN, 4, 1, review.thread.author)
    assert shown.kind == Kind.PUBLISHED and review.published_at == shown.at


def test_a_review_that_waits_was_never_read(new_member: Member, product: Product) -> None:
    held = write_review(by=new_member, product=product, stars=5, title="Casino", body="Better than any casino night.")
    held.refresh_from_db()
    assert kinds(held) == [Kind.WRITTEN, Kind.HELD] and held.published_at is None


def test_a_refusal_names_who_why_and_the_stars_then(review: Review, moderator: Member) -> None:
    deciding.remove(by=moderator, post=opening_of(review), reason=Decision.Reason.FAKE, facts={"stars": 2})
    last = review.records.last()
    assert last is not None and last.decision is not None
    assert (last.kind, last.actor, last.reason, last.stars) == (Kind.REMOVED, moderator, "fake", 2)


def test_a_held_review_that_is_refused_is_recorded(new_member: Member, product: Product, moderator: Member) -> None:
    held = write_review(by=new_member, product=product, stars=5, title="Casino", body="Better than any casino night.")
    deciding.remove(by=moderator, post=opening_of(held), reason=Decision.Reason.ADVERTISING)
    held.refresh_from_db()
    assert kinds(held) == [Kind.WRITTEN, Kind.HELD, Kind.REMOVED] and held.published_at is None


def test_hiding_by_reports_and_dismissing_them_are_recorded(review: Review, regular: Member, moderator: Member) -> None:
    for reporter in (regular, moderator):
        flag(by=reporter, post=opening_of(review), reason="not_genuine")
    deciding.keep(by=moderator, post=opening_of(review))
    assert kinds(review)[2:] == [Kind.HIDDEN, Kind.PUBLISHED]


def test_reports_dismissed_while_it_stands_are_recorded(review: Review, regular: Member, moderator: Member) -> None:
    flag(by=regular, post=opening_of(review), reason="not_genuine")
    deciding.keep(by=moderator, post=opening_of(review))
    assert kinds(review)[2:] == [Kind.KEPT]


def test_deleting_and_bringing_back_are_the_authors(review: Review) -> None:
    author = review.thread.author
    withdraw(by=author, post=opening_of(review))
    restore(by=author, post=opening_of(review))
    assert [(line.kind, line.actor) for line in review.records.all()[2:]] == [
        (Kind.WITHDRAWN, author),
        (Kind.PUBLISHED, author),
    ]


def test_the_first_publication_is_never_moved(review: Review, moderator: Member) -> None:
    review.refresh_from_db()
    first = review.published_at
    deciding.remove(by=moderator, post=opening_of(review), reason=Decision.Reason.FAKE)
    deciding.restore(by=moderator, post=opening_of(review))
    review.refresh_from_db()
    assert review.published_at == first


def test_a_change_of_stars_is_a_line_with_the_new_stars(review: Review) -> None:
    change(review, stars=1)
    last = review.records.last()
    assert last is not None and (last.kind, last.stars, last.version) == (Kind.REVISED, 1, 2)


def test_the_log_says_the_same_when_it_looks_again(review: Review, moderator: Member) -> None:
    deciding.remove(by=moderator, post=opening_of(review), reason=Decision.Reason.FAKE)
    assert catch_up(review.pk) == 0 and complete_log() == 0


def test_what_a_killed_process_left_out_is_added(review: Review, moderator: Member, monkeypatch: Any) -> None:
    with monkeypatch.context() as patch:
        patch.setattr("reviews.receivers.catch_up_for_post", lambda post_id: 0)  # killed after the commit
        deciding.remove(by=moderator, post=opening_of(review), reason=Decision.Reason.FAKE)
        deciding.restore(by=moderator, post=opening_of(review))
        withdraw(by=review.thread.author, post=opening_of(review))
    assert complete_log() == 3
    assert kinds(review)[2:] == [Kind.REMOVED, Kind.PUBLISHED, Kind.WITHDRAWN]


def test_what_was_loaded_in_bulk_gets_its_beginning(member: Member, product: Product) -> None:
    then = timezone.now() - timedelta(days=30)
    thread = NewThread("review", "Warm", NewPost(member, "Warm and light.", then), product=product)
    load_threads([thread])
    loaded = Review.objects.create(thread=thread.saved, stars=2)
    ReviewVersion.objects.create(review=loaded, stars=5, created_at=then + timedelta(days=1))
    assert complete_log() == 2
    first = loaded.records.get(kind=Kind.WRITTEN)
    assert (first.stars, first.at, first.evidence["added_later"]) == (5, then, True)
    loaded.refresh_from_db()
    assert loaded.published_at == then and complete_log() == 0


def test_no_query_changes_or_deletes_a_line(review: Review) -> None:
    line = review.records.all()[0]
    for forbidden in (review.records.all().delete, lambda: review.records.all().update(stars=5)):
        with pytest.raises(TypeError):
            forbidden()
    with pytest.raises(DatabaseError), transaction.atomic():
        ReviewRecord._base_manager.filter(pk=line.pk).update(stars=5)
    with pytest.raises(DatabaseError), transaction.atomic():
        line.delete()


@pytest.mark.parametrize("table", ["reviews_reviewrecord", "reviews_reviewversion"])
@pytest.mark.parametrize("act", ["UPDATE {} SET stars = 5", "DELETE FROM {}"])
def test_the_database_itself_refuses(review: Review, table: str, act: str) -> None:
    change(review, stars=1)
    with pytest.raises(DatabaseError, match="only ever added to"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(act.format(table))


def test_a_review_and_its_log_cannot_be_deleted(review: Review) -> None:
    with pytest.raises(DatabaseError), transaction.atomic():
        review.delete()
    assert Review.objects.filter(pk=review.pk).exists()


@pytest.mark.parametrize("status", [Status.REMOVED, Status.WITHDRAWN])
def test_what_was_removed_is_kept_out_of_sight(
    status: str, review: Review, moderator: Member, as_: Callable[..., Any]
) -> None:
    post = opening_of(review)
    if status == Status.REMOVED:
        deciding.remove(by=moderator, post=post, reason=Decision.Reason.FAKE)
    else:
        withdraw(by=post.author, post=post)
    page = as_(None).get(f"/reviews/{review.pk}/")
    assert page.status_code == 410 and post.body not in page.content.decode()
    assert Post.objects.get(pk=post.pk).body == post.body
