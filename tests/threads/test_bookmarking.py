"""Bookmarks: kept by one member, for that member's eyes."""

from collections.abc import Callable

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client

from community.members.models import Member
from community.threads.bookmarking import bookmark, note_why, unbookmark
from community.threads.models import Bookmark, Post, Status
from community.threads.publishing import set_status
from reviews.models import Review

As = Callable[[Member | None], Client]


def page_of(client: Client) -> str:
    return client.get("/bookmarks/").content.decode()


def test_a_post_is_kept_once_and_let_go_once(answer: Post, regular: Member) -> None:
    assert bookmark(by=regular, post=answer)
    assert not bookmark(by=regular, post=answer)
    assert unbookmark(by=regular, post_id=answer.pk)
    assert not unbookmark(by=regular, post_id=answer.pk)


def test_it_is_on_its_owners_page_alone(answer: Post, regular: Member, member: Member, as_: As) -> None:
    rosa = as_(regular)
    assert "You have kept nothing yet" in page_of(rosa)
    assert "your bookmarks" in rosa.post(f"/posts/{answer.pk}/bookmark/", follow=True).content.decode()
    assert "How do I wash the Fell Jumper?" in page_of(rosa)
    assert "How do I wash" not in page_of(as_(member))


def test_a_note_says_why(answer: Post, regular: Member, member: Member, as_: As) -> None:
    bookmark(by=regular, post=answer)
    as_(member).post(f"/posts/{answer.pk}/note/", {"note": "Not mine to write"})
    as_(regular).post(f"/posts/{answer.pk}/note/", {"note": "For the spring wash"})
    assert "For the spring wash" in page_of(as_(regular))
    assert not note_why(by=regular, post_id=answer.pk, note="For the spring wash")
    as_(regular).post(f"/posts/{answer.pk}/note/", {"note": "x" * 201})
    assert Bookmark.objects.get().note == "For the spring wash"


def test_a_number_that_no_post_can_have_changes_nothing(regular: Member, as_: As) -> None:
    assert as_(regular).post(f"/posts/{10**20}/note/", {"note": "x"}).status_code == 404


def test_what_was_removed_vanishes_and_comes_back_with_the_post(answer: Post, regular: Member, as_: As) -> None:
    bookmark(by=regular, post=answer)
    set_status(answer, Status.REMOVED)
    assert "You have kept nothing yet" in page_of(as_(regular))
    set_status(answer, Status.PUBLISHED)
    assert "Cold water" in page_of(as_(regular))


def test_a_shortened_name_stays_short(review: Review, regular: Member, as_: As) -> None:
    Review.objects.update(name_shown=Review.NameShown.INITIALS)
    bookmark(by=regular, post=review.thread.posts.get())
    page = page_of(as_(regular))
    assert "T. B." in page and "Tomas" not in page


def test_strangers_sign_in_first(answer: Post, client: Client) -> None:
    assert "/accounts/login/" in client.post(f"/posts/{answer.pk}/bookmark/").url
    assert "/accounts/login/" in client.get("/bookmarks/").url


def test_what_one_may_not_see_cannot_be_kept(answer: Post, regular: Member, as_: As) -> None:
    set_status(answer, Status.HIDDEN)
    assert as_(regular).post(f"/posts/{answer.pk}/bookmark/").status_code == 404


def test_who_was_shut_out_keeps_nothing(answer: Post, regular: Member) -> None:
    regular.is_active = False
    with pytest.raises(PermissionDenied):
        bookmark(by=regular, post=answer)


def test_the_page_costs_the_same_for_many(
    answer: Post, regular: Member, as_: As, django_assert_max_num_queries: Callable[..., object]
) -> None:
    for post in Post.objects.all():
        bookmark(by=regular, post=post)
    rosa = as_(regular)
    with django_assert_max_num_queries(4):
        rosa.get("/bookmarks/")
