"""The company replies once to a review: publicly, labelled, and its author hears of it by mail once."""

from typing import Any

import pytest
from django.core import mail
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from community.members.models import Member
from community.notifications.mailing import send_due_mail
from community.notifications.models import Notification
from community.threads.models import Post
from community.threads.posting import add_answer
from reviews.models import Review
from staff.escalating import escalate
from staff.models import Conversation
from staff.permissions import AskFirst
from staff.replying import reply

SORRY = "We are sorry about the arms. A shorter cut comes out in spring, and we take this one back."


@pytest.fixture
def reviewed(review: Review, manager: Member) -> Conversation:
    escalate(by=manager, thread=review.thread, why="Arms too long")
    return Conversation.objects.get(thread=review.thread)


def company_posts(review: Review) -> list[Post]:
    return list(Post.objects.filter(thread=review.thread_id, is_official=True))


def test_a_second_reply_asks_and_then_takes_the_place_of_the_first(
    reviewed: Conversation, review: Review, responder: Member, manager: Member
) -> None:
    first = reply(by=responder, conversation=reviewed, body="We look into it.", type="retention", is_holding=True)
    with pytest.raises(AskFirst, match="replies once"):
        reply(by=responder, conversation=reviewed, body=SORRY, type="retention")
    second = reply(by=responder, conversation=reviewed, body=SORRY, type="retention", confirm_second=True)
    (post,) = company_posts(review)
    assert first.pk == second.pk and post.body == SORRY and not second.is_holding
    assert post.revisions.get().body == "We look into it."


def test_who_has_answered_is_told_that_a_second_takes_its_place(
    reviewed: Conversation, review: Review, responder: Member
) -> None:
    reply(by=responder, conversation=reviewed, body=SORRY, type="retention")
    with pytest.raises(AskFirst, match="takes the place"):
        reply(by=responder, conversation=reviewed, body="One more thing.", type="retention")


def test_a_colleague_changes_it_too(reviewed: Conversation, review: Review, responder: Member, manager: Member) -> None:
    reply(by=manager, conversation=reviewed, body="Thank you.", type="retention")
    reply(by=responder, conversation=reviewed, body=SORRY, type="retention", confirm_second=True)
    (post,) = company_posts(review)
    assert (post.author, post.body, post.revisions.get().editor) == (manager, SORRY, responder)


def test_the_author_hears_of_it_once(reviewed: Conversation, review: Review, responder: Member, settings: Any) -> None:
    reply(by=responder, conversation=reviewed, body="Thank you.", type="retention")
    reply(by=responder, conversation=reviewed, body=SORRY, type="retention", confirm_second=True)
    Notification.objects.update(mail_due_at=timezone.now())
    send_due_mail()
    send_due_mail()
    assert [letter.to for letter in mail.outbox] == [["tomas@example.com"]]


def test_no_other_way_makes_a_second(reviewed: Conversation, review: Review, responder: Member) -> None:
    reply(by=responder, conversation=reviewed, body=SORRY, type="retention")
    with pytest.raises(PermissionDenied, match="has replied to this review"):
        add_answer(by=responder, thread=review.thread, body="And another thing.", is_official=True)


def test_it_stands_on_the_page_with_the_companys_name(
    reviewed: Conversation, review: Review, responder: Member, as_: Any
) -> None:
    reply(by=responder, conversation=reviewed, body=SORRY, type="retention")
    page = as_(None).get(f"/reviews/{review.pk}/").content.decode()
    assert "We are sorry about the arms." in page and "Company reply" in page
