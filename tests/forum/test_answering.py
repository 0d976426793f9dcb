"""Answering: kept, once, in its place on the page."""

from collections.abc import Callable
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from community.members.models import Member
from community.notifications.following import is_following, unfollow
from community.threads.drafting import read_draft, save_draft
from community.threads.models import Post, Status, Thread
from community.threads.publishing import set_status

As = Callable[[Member | None], Client]
TEXT = "Cold water, wool soap, and never the tumble dryer."


def address(question: Thread) -> str:
    return reverse("answer", args=[question.pk])


def test_a_member_answers_and_follows_the_question(question: Thread, other_member: Member, as_: As) -> None:
    page = as_(other_member).post(address(question), {"body": TEXT, "submission_key": uuid4()}, follow=True)
    made = Post.objects.answers().get()
    assert page.redirect_chain[-1][0] == f"{question.get_absolute_url()}#post-{made.pk}"
    assert TEXT in page.content.decode()
    assert not made.is_official
    assert is_following(other_member, thread=question)


def test_a_double_click_answers_once(question: Thread, other_member: Member, as_: As) -> None:
    answerer, key = as_(other_member), uuid4()
    for _ in range(2):
        assert answerer.post(address(question), {"body": TEXT, "submission_key": key}).status_code == 302
    assert Post.objects.answers().count() == 1


def test_answering_again_does_not_undo_an_unfollow(question: Thread, other_member: Member, as_: As) -> None:
    as_(other_member).post(address(question), {"body": TEXT})
    unfollow(by=other_member, thread=question)
    Post.objects.answers().delete()
    as_(other_member).post(address(question), {"body": f"{TEXT} Really."})
    assert Post.objects.answers().count() == 1
    assert not is_following(other_member, thread=question)


def test_what_staff_answer_is_marked_as_the_companys_word(question: Thread, responder: Member, as_: As) -> None:
    page = as_(responder).post(address(question), {"body": TEXT}, follow=True).content.decode()
    assert Post.objects.answers().get().is_official
    assert "Company reply" in page


@pytest.mark.parametrize(
    ("body", "sentence"), [("Cold.", "at least 10"), ("x" * 32_001, "at most 32"), ("", "required")]
)
def test_a_refused_answer_says_why_and_keeps_the_text(
    question: Thread, other_member: Member, body: str, sentence: str, as_: As
) -> None:
    page = as_(other_member).post(address(question), {"body": body}).content.decode()
    assert sentence in page
    assert body in page
    assert question.title in page


def test_answering_too_often_is_429_with_the_text_kept(question: Thread, other_member: Member, as_: As) -> None:
    answerer = as_(other_member)
    answerer.post(address(question), {"body": TEXT, "submission_key": uuid4()})
    page = answerer.post(address(question), {"body": "And one more thing.", "submission_key": uuid4()})
    assert page.status_code == 429
    assert int(page["Retry-After"]) >= 1
    assert "And one more thing." in page.content.decode()


def test_who_has_not_signed_in_writes_first_and_finds_it_again(
    question: Thread, other_member: Member, client: Client
) -> None:
    assert "Your answer" in client.get(address(question)).content.decode()
    assert client.post(address(question), {"body": TEXT}).url == f"{reverse('account_login')}?next={address(question)}"
    client.force_login(other_member, backend="django.contrib.auth.backends.ModelBackend")
    assert TEXT in client.get(address(question)).content.decode()
    client.post(address(question), {"body": TEXT})
    assert TEXT not in client.get(address(question)).content.decode()


def test_a_draft_waits_in_the_box_and_is_gone_once_posted(question: Thread, other_member: Member, as_: As) -> None:
    save_draft(by=other_member, place=f"answer:{question.pk}", fields={"body": "Half an ans"})
    assert "Half an ans" in as_(other_member).get(question.get_absolute_url()).content.decode()
    as_(other_member).post(address(question), {"body": TEXT})
    assert read_draft(other_member, f"answer:{question.pk}") == {}


def test_a_held_answer_is_seen_by_its_author_and_moderators_alone(
    question: Thread, answer: Post, other_member: Member, member: Member, moderator: Member, as_: As
) -> None:
    set_status(answer, Status.HELD)
    for who, sees in ((other_member, True), (moderator, True), (member, False), (None, False)):
        assert (answer.body in as_(who).get(question.get_absolute_url()).content.decode()) is sees


def test_what_cannot_be_seen_cannot_be_answered(question: Thread, opening: Post, member: Member, as_: As) -> None:
    set_status(opening, Status.HELD)
    assert as_(None).get(address(question)).status_code == 404
    assert as_(member).get(address(question)).status_code == 403
    assert as_(member).post(reverse("answer", args=[999])).status_code == 404
