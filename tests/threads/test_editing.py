"""Changing what one wrote: every earlier text is kept, and two editors never overwrite each other unseen."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.core.exceptions import PermissionDenied, ValidationError
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from community.members.limits import TooSoon
from community.members.models import Member
from community.threads.drafting import save_draft
from community.threads.editing import EditConflict, revise
from community.threads.events import post_revised, post_withdrawn
from community.threads.models import Post, Revision, Status, Thread
from community.threads.posting import add_answer

BETTER = "Cold water, wool soap, and dry it flat on a towel in the shade."


def test_a_new_text_is_rendered_marked_and_the_old_one_kept(answer: Post, other_member: Member) -> None:
    before = answer.body
    assert revise(by=other_member, post=answer, body=BETTER, base_version=1)
    answer.refresh_from_db()
    assert (answer.body, answer.version) == (BETTER, 2)
    assert "in the shade" in answer.body_html
    assert answer.edited_at
    assert answer.revisions.get().body == before


def test_the_same_text_again_changes_nothing(answer: Post, other_member: Member) -> None:
    revise(by=other_member, post=answer, body=BETTER, base_version=1)
    assert not revise(by=other_member, post=answer, body=BETTER, base_version=1)
    assert answer.revisions.count() == 1


def test_saving_without_a_change_costs_no_query(
    answer: Post, other_member: Member, django_assert_num_queries: Callable[..., Any]
) -> None:
    with django_assert_num_queries(0):
        revise(by=other_member, post=answer, body=answer.body, base_version=1)


def test_the_first_five_minutes_carry_no_mark_but_moderators_see_them(question: Thread, other_member: Member) -> None:
    post = add_answer(by=other_member, thread=question, body="Cold water and wool soap.")
    revise(by=other_member, post=post, body=BETTER, base_version=1)
    post.refresh_from_db()
    assert post.edited_at is None
    assert post.revisions.get().is_silent


def test_silence_ends_with_the_first_edit_that_shows(answer: Post, other_member: Member, moderator: Member) -> None:
    Post.objects.filter(pk=answer.pk).update(created_at=timezone.now())
    revise(by=moderator, post=answer, body=BETTER, base_version=1)
    answer.refresh_from_db()
    revise(by=other_member, post=answer, body=BETTER + " Always.", base_version=2)
    assert not answer.revisions.filter(is_silent=True).exists()


def test_the_second_of_two_editors_is_told(answer: Post, other_member: Member, moderator: Member) -> None:
    revise(by=moderator, post=answer, body=BETTER, base_version=1)
    with pytest.raises(EditConflict) as conflict:
        revise(by=other_member, post=answer, body="My own better text.", base_version=1)
    assert conflict.value.current.body == BETTER
    assert answer.revisions.count() == 1


def test_a_new_title_brings_a_new_address(question: Thread, opening: Post, member: Member) -> None:
    revise(by=member, post=opening, body=opening.body, title="How do I dry the Fell Jumper?", base_version=1)
    question.refresh_from_db()
    assert (question.title, question.slug) == ("How do I dry the Fell Jumper?", "how-do-i-dry-the-fell-jumper")
    assert opening.revisions.get().title == "How do I wash the Fell Jumper?"


def test_the_old_address_leads_to_the_new_one(question: Thread, opening: Post, member: Member, client: Client) -> None:
    old = question.get_absolute_url()
    revise(by=member, post=opening, body=opening.body, title="How do I dry the Fell Jumper?", base_version=1)
    response = client.get(old)
    assert response.status_code == 301
    assert response.headers["Location"] == Thread.objects.get(pk=question.pk).get_absolute_url()


def test_an_edit_is_announced(answer: Post, other_member: Member) -> None:
    heard: list[int] = []

    def hear(post_id: int, **_: Any) -> None:
        heard.append(post_id)

    post_revised.connect(hear)
    revise(by=other_member, post=answer, body=BETTER, base_version=1)
    post_revised.disconnect(hear)
    assert heard == [answer.pk]


def test_an_edit_that_looks_like_spam_is_held(question: Thread, new_member: Member) -> None:
    post = add_answer(by=new_member, thread=question, body="Cold water and wool soap.")
    heard: list[int] = []

    def hear(post_id: int, **_: Any) -> None:
        heard.append(post_id)

    post_withdrawn.connect(hear)
    revise(by=new_member, post=post, body="Play at our casino instead, click here.", base_version=1)
    post_withdrawn.disconnect(hear)
    post.refresh_from_db()
    assert post.status == Status.HELD
    assert heard == [post.pk]


def test_an_edit_keeps_the_caps_of_a_new_member(question: Thread, new_member: Member) -> None:
    post = add_answer(by=new_member, thread=question, body="Cold water and wool soap.")
    with pytest.raises(ValidationError, match="3 links"):
        revise(by=new_member, post=post, body="https://a.example https://b.example https://c.example", base_version=1)
    assert not Revision.objects.exists()


def test_the_thirty_first_edit_of_a_day_waits(answer: Post, other_member: Member) -> None:
    earlier = [Revision(post=answer, editor=other_member, version=100 + n, body="x") for n in range(30)]
    Revision.objects.bulk_create(earlier)
    with pytest.raises(TooSoon, match="30 times"):
        revise(by=other_member, post=answer, body=BETTER, base_version=1)


@pytest.mark.parametrize(
    ("who", "hours", "may"),
    [
        ("other_member", 23, True),
        ("other_member", 25, False),
        ("member", 1, False),
        ("responder", 1, False),
        ("moderator", 2000, True),
    ],
)
def test_who_may_edit_an_answer_and_for_how_long(
    who: str, hours: int, may: bool, answer: Post, request: pytest.FixtureRequest
) -> None:
    person = request.getfixturevalue(who)
    Post.objects.filter(pk=answer.pk).update(created_at=timezone.now() - timedelta(hours=hours))
    answer.refresh_from_db()
    if may:
        assert revise(by=person, post=answer, body=BETTER, base_version=1)
    else:
        with pytest.raises(PermissionDenied):
            revise(by=person, post=answer, body=BETTER, base_version=1)


def test_a_regular_edits_for_thirty_days(question: Thread, regular: Member) -> None:
    post = add_answer(by=regular, thread=question, body="Cold water and wool soap.")
    with time_machine.travel(timezone.now() + timedelta(days=29), tick=False):
        assert revise(by=regular, post=post, body=BETTER, base_version=1)
    with time_machine.travel(timezone.now() + timedelta(days=31), tick=False), pytest.raises(PermissionDenied):
        revise(by=regular, post=post, body="And once more.", base_version=2)


def fields(post: Post, **changed: Any) -> dict[str, Any]:
    return {"body": post.body, "base_version": post.version, **changed}


def test_the_edit_page_saves_and_leads_back(answer: Post, other_member: Member, as_: Callable[..., Client]) -> None:
    client, address = as_(other_member), reverse("edit_post", args=[answer.pk])
    assert answer.body in client.get(address).content.decode()
    response = client.post(address, fields(answer, body=BETTER))
    assert response.headers["Location"] == answer.get_absolute_url()
    answer.refresh_from_db()
    assert answer.body == BETTER


def test_a_refused_edit_keeps_the_text(answer: Post, other_member: Member, as_: Callable[..., Client]) -> None:
    response = as_(other_member).post(reverse("edit_post", args=[answer.pk]), fields(answer, body="Too few"))
    assert "at least 10 characters" in response.content.decode()
    assert "Too few" in response.content.decode()


def test_a_conflict_shows_both_texts_and_saving_again_settles_it(
    answer: Post, other_member: Member, moderator: Member, as_: Callable[..., Client]
) -> None:
    client, address = as_(other_member), reverse("edit_post", args=[answer.pk])
    revise(by=moderator, post=answer, body=BETTER, base_version=1)
    response = client.post(address, fields(answer, body="My own better text."))
    page = response.content.decode()
    assert response.status_code == 409
    assert BETTER in page
    assert "My own better text." in page
    assert "<ins>" in page
    assert 'name="base_version" value="2"' in page
    assert client.post(address, fields(answer, body="My own better text.", base_version=2)).status_code == 302


def test_a_draft_from_an_older_version_still_meets_the_conflict(
    answer: Post, other_member: Member, moderator: Member, as_: Callable[..., Client]
) -> None:
    save_draft(by=other_member, place=f"edit:{answer.pk}-1", fields={"body": "My unsaved text."})
    revise(by=moderator, post=answer, body=BETTER, base_version=1)
    page = as_(other_member).get(reverse("edit_post", args=[answer.pk])).content.decode()
    assert "My unsaved text." in page
    assert 'name="base_version" value="1"' in page


def test_a_rate_that_is_used_up_answers_429_with_the_text(
    answer: Post, other_member: Member, as_: Callable[..., Client]
) -> None:
    earlier = [Revision(post=answer, editor=other_member, version=100 + n, body="x") for n in range(30)]
    Revision.objects.bulk_create(earlier)
    response = as_(other_member).post(reverse("edit_post", args=[answer.pk]), fields(answer, body=BETTER))
    assert response.status_code == 429
    assert int(response.headers["Retry-After"]) > 80_000
    assert BETTER in response.content.decode()


def test_who_may_not_edit_is_told_why(answer: Post, member: Member, as_: Callable[..., Client]) -> None:
    response = as_(member).get(reverse("edit_post", args=[answer.pk]))
    assert response.status_code == 403
    assert "can no longer be edited" in response.content.decode()
