"""Deleting one's own post, and bringing it back."""

from collections.abc import Callable
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.urls import reverse

from community.members.models import Member
from community.threads.events import post_published, post_withdrawn
from community.threads.models import Post, Status, Thread
from community.threads.publishing import set_status
from community.threads.withdrawing import restore, withdraw


@pytest.fixture
def heard() -> Any:
    """The names of the events, as they come."""
    names: list[str] = []

    def came(**_: Any) -> None:
        names.append("published")

    def went(**_: Any) -> None:
        names.append("withdrawn")

    post_published.connect(came)
    post_withdrawn.connect(went)
    yield names
    post_published.disconnect(came)
    post_withdrawn.disconnect(went)


def test_what_is_deleted_is_gone_for_everybody_but_moderators(
    answer: Post, question: Thread, member: Member, other_member: Member, moderator: Member
) -> None:
    assert withdraw(by=other_member, post=answer)
    visible = [Post.objects.visible_to(who).filter(pk=answer.pk).exists() for who in (member, other_member, moderator)]
    question.refresh_from_db()
    assert visible == [False, False, True]
    assert question.answer_count == 0


def test_deleting_and_restoring_twice_does_it_once(answer: Post, other_member: Member, heard: list[str]) -> None:
    assert [withdraw(by=other_member, post=answer) for _ in range(2)] == [True, False]
    assert [restore(by=other_member, post=answer) for _ in range(2)] == [True, False]
    assert heard == ["withdrawn", "published"]


def test_what_was_held_is_held_again_after_deleting_and_restoring(answer: Post, other_member: Member) -> None:
    set_status(answer, Status.HIDDEN, reason="Flagged")
    withdraw(by=other_member, post=answer)
    restore(by=other_member, post=answer)
    answer.refresh_from_db()
    assert (answer.status, answer.status_reason) == (Status.HIDDEN, "Flagged")


def test_what_a_moderator_removed_cannot_be_brought_back(answer: Post, other_member: Member) -> None:
    set_status(answer, Status.REMOVED)
    with pytest.raises(PermissionDenied):
        withdraw(by=other_member, post=answer)
    assert not restore(by=other_member, post=answer)


def test_a_question_with_an_answer_stays(answer: Post, opening: Post, member: Member) -> None:
    opening = Post.objects.select_related("thread").get(pk=opening.pk)
    with pytest.raises(PermissionDenied, match="only while it has no answer"):
        withdraw(by=member, post=opening)


def test_a_question_without_an_answer_takes_its_thread_along(opening: Post, question: Thread, member: Member) -> None:
    withdraw(by=member, post=opening)
    assert not Thread.objects.visible_to(member).exists()
    restore(by=member, post=opening)
    assert Thread.objects.listed().get() == question


@pytest.mark.parametrize("who", ["member", "moderator"])
def test_nobody_deletes_for_somebody_else(who: str, answer: Post, request: pytest.FixtureRequest) -> None:
    with pytest.raises(PermissionDenied):
        withdraw(by=request.getfixturevalue(who), post=answer)


def test_the_page_says_how_to_bring_it_back(answer: Post, other_member: Member, as_: Callable[..., Client]) -> None:
    client, undo = as_(other_member), reverse("restore_post", args=[answer.pk])
    response = client.post(reverse("withdraw_post", args=[answer.pk]), follow=True)
    assert f'formaction="{undo}">Undo</button>' in response.content.decode()
    assert "You deleted this" in client.get(undo).content.decode()
    assert client.post(undo).headers["Location"] == answer.get_absolute_url()
    answer.refresh_from_db()
    assert "It is back, as it was." in client.get(answer.get_absolute_url(), follow=True).content.decode()
    assert answer.is_published


def test_a_double_click_on_delete_leads_to_the_same_place(
    opening: Post, member: Member, as_: Callable[..., Client]
) -> None:
    client, address = as_(member), reverse("withdraw_post", args=[opening.pk])
    assert client.post(address).headers["Location"] == client.post(address).headers["Location"]


def test_a_deleted_post_is_brought_back_by_its_author_alone(
    answer: Post, other_member: Member, member: Member, as_: Callable[..., Client]
) -> None:
    withdraw(by=other_member, post=answer)
    assert as_(member).post(reverse("restore_post", args=[answer.pk])).status_code == 404
    assert as_(None).get(reverse("restore_post", args=[answer.pk])).status_code == 302


def test_what_one_deleted_stays_findable_where_it_stood(
    answer: Post, other_member: Member, member: Member, as_: Callable[..., Client]
) -> None:
    withdraw(by=other_member, post=answer)
    address, undo = answer.thread.get_absolute_url(), reverse("restore_post", args=[answer.pk])
    assert undo in as_(other_member).get(address).content.decode()
    assert undo not in as_(member).get(address).content.decode()
    as_(other_member).post(undo)
    assert "You deleted something" not in as_(other_member).get(address).content.decode()


def test_a_deleted_question_leads_its_asker_to_where_it_is_brought_back(
    opening: Post, member: Member, other_member: Member, as_: Callable[..., Client]
) -> None:
    withdraw(by=member, post=opening)
    address = opening.thread.get_absolute_url()
    assert as_(member).get(address).headers["Location"] == reverse("restore_post", args=[opening.pk])
    assert as_(other_member).get(address).status_code == 410
