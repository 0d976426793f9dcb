"""Telling in the thread how a private exchange ended: only by the customer's own click."""

from collections.abc import Callable

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client

from community.members.models import Member
from community.notifications.models import Notification
from community.threads.models import Post
from staff.models import Conversation, Event, Publication
from staff.one_to_one import publishing
from staff.one_to_one.writing import note_for, write_alone
from staff.permissions import Refused

As = Callable[[Member | None], Client]
TOLD = "We replaced the jumper, and the new one fits."


@pytest.fixture
def exchange(waiting: Conversation, responder: Member) -> Conversation:
    write_alone(by=responder, conversation=waiting, body="Please send us your order number.", note=note_for(waiting))
    return waiting


@pytest.fixture
def proposed(exchange: Conversation, responder: Member) -> Publication:
    return publishing.propose(by=responder, conversation=exchange, body=TOLD)


def told_in_thread(conversation: Conversation) -> bool:
    return Post.objects.filter(thread=conversation.thread_id, body=TOLD).exists()


def test_what_is_proposed_is_shown_to_the_customer_and_to_nobody_else(
    proposed: Publication, member: Member, as_: As
) -> None:
    page = as_(member).get(f"/messages/{proposed.conversation_id}/").content.decode()
    assert "May we tell how this ended?" in page and TOLD in page
    assert TOLD not in as_(None).get(proposed.conversation.thread.get_absolute_url()).content.decode()
    assert Notification.objects.filter(member=member, anchor="publication").exists()


def test_it_is_published_by_the_customers_click(proposed: Publication, member: Member, as_: As) -> None:
    conversation = proposed.conversation
    page = f"/messages/{conversation.pk}/"
    as_(member).get(page)
    assert not told_in_thread(conversation)
    words = {"words": publishing.version_of(proposed)}
    for _ in range(2):  # a double click
        as_(member).post(f"{page}told/yes/", words)
    post = Post.objects.get(body=TOLD)
    assert (post.is_official, post.author, post.reply.is_holding) == (True, proposed.proposed_by, False)
    assert TOLD in as_(None).get(conversation.thread.get_absolute_url()).content.decode()
    assert Event.objects.filter(conversation=conversation, actor=member, what__startswith="Agreed").count() == 1


def test_declined_it_is_never_published(proposed: Publication, member: Member, responder: Member, as_: As) -> None:
    page = f"/messages/{proposed.conversation_id}/told/"
    as_(member).post(f"{page}no/")
    as_(member).post(f"{page}yes/", {"words": publishing.version_of(proposed)})
    assert not told_in_thread(proposed.conversation)
    with pytest.raises(Refused, match="would rather not"):
        publishing.propose(by=responder, conversation=proposed.conversation, body="Asked again, in other words.")


def test_words_changed_meanwhile_are_read_again_first(proposed: Publication, member: Member, responder: Member) -> None:
    seen = publishing.version_of(proposed)
    publishing.propose(by=responder, conversation=proposed.conversation, body="We gave the money back, all of it.")
    with pytest.raises(Refused, match="read it again"):
        publishing.agree(by=member, conversation=proposed.conversation, words=seen)
    assert not Post.objects.filter(body__startswith="We gave the money back").exists()


def test_nobody_agrees_for_the_customer(
    proposed: Publication, responder: Member, other_member: Member, as_: As
) -> None:
    address = f"/messages/{proposed.conversation_id}/told/yes/"
    assert as_(other_member).post(address).status_code == 404
    assert as_(responder).post(address).status_code == 404
    with pytest.raises(PermissionDenied):
        publishing.agree(by=responder, conversation=proposed.conversation, words=publishing.version_of(proposed))


def test_without_an_exchange_there_is_nothing_to_tell(waiting: Conversation, responder: Member) -> None:
    with pytest.raises(Refused):
        publishing.propose(by=responder, conversation=waiting, body=TOLD)


def test_a_closed_thread_takes_nothing_and_says_so(proposed: Publication, member: Member) -> None:
    thread = proposed.conversation.thread
    thread.closed_at = thread.created_at
    thread.save()
    with pytest.raises(Refused, match="takes no replies"):
        publishing.agree(by=member, conversation=proposed.conversation, words=publishing.version_of(proposed))
    proposed.refresh_from_db()
    assert proposed.answered_at is None
