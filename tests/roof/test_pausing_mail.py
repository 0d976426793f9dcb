"""Rule 13 for mail: what goes out by itself waits while it is paused, and nothing of it is lost."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from community.digest import news_for
from community.members.models import Member
from community.notifications.following import follow
from community.notifications.mailing import send_due_mail
from community.notifications.models import Notification
from community.notifications.telling import tell_of
from community.notifications.unsubscribing import choose_digest
from community.products.models import Product
from community.sending_digests import send_digests
from community.threads.models import Category, Pause, Post, Thread
from community.threads.pausing import lift, pause, pause_after_reply


def due() -> None:
    Notification.objects.awaiting_mail().update(mail_due_at=timezone.now() - timedelta(minutes=1))


@pytest.fixture
def stops(question: Thread, category: Category, member: Member, manager: Member) -> dict[str, Callable[[], Pause]]:
    """A pause of each place in which Mara's letter about her question stands."""
    return {
        "site": lambda: pause(by=manager, because="Bad news"),
        "category": lambda: pause(by=manager, because="Bad news", category=category),
        "thread": lambda: pause(by=manager, because="Bad news", thread=question),
        "customer": lambda: pause(by=manager, because="Bad news", customer=member),
    }


@pytest.mark.parametrize("place", ["site", "category", "thread", "customer"])
def test_a_letter_waits_for_the_end_of_a_pause(
    place: str, answer: Post, stops: dict[str, Callable[[], Pause]], manager: Member
) -> None:
    """Rule 13: asked when the letter leaves. It was due, and would have passed when it was queued."""
    due()
    stopped = stops[place]()
    assert send_due_mail() == 0
    lift(by=manager, pause=stopped)
    due()
    assert send_due_mail() == 1


def test_a_pause_longer_than_a_day_loses_no_letter(answer: Post, manager: Member) -> None:
    """Rule 13: a letter is not thrown away as old news for the time in which it was held back."""
    stopped = pause(by=manager, because="Bad news")
    three_days = timedelta(days=3)
    Notification.objects.update(created_at=timezone.now() - three_days)
    Pause.objects.update(paused_at=timezone.now() - three_days)
    due()
    assert send_due_mail() == 0 and Notification.objects.awaiting_mail().exists()
    lift(by=manager, pause=stopped)
    assert send_due_mail() == 1


def test_a_pause_makes_nothing_newer_than_it_was(answer: Post, manager: Member) -> None:
    """What was old news when the pause began is so when it ends."""
    Notification.objects.update(created_at=timezone.now() - timedelta(days=3))
    lift(by=manager, pause=pause(by=manager, because="Bad news"))
    due()
    assert send_due_mail() == 0 and not Notification.objects.awaiting_mail().exists()


def test_somebody_elses_pause_holds_no_letter(answer: Post, other_member: Member, manager: Member) -> None:
    pause(by=manager, because="Bad news", customer=other_member)
    due()
    assert send_due_mail() == 1


def test_a_company_reply_does_not_hold_its_own_letter(question: Thread, answer: Post, responder: Member) -> None:
    pause_after_reply(by=responder, thread=question)
    due()
    assert send_due_mail() == 1


def test_colleagues_hear_of_it_all_the_same(answer: Post, manager: Member, responder: Member) -> None:
    pause(by=responder, because="Bad news")
    told = Notification.Kind.DESK
    tell_of(member=manager, kind=told, address="/staff/automation/", subject="A rule was switched off.", actor=None)
    due()
    assert send_due_mail() == 1
    assert [letter.to for letter in mail.outbox] == [[manager.email]]


@pytest.fixture
def reader(regular: Member, product: Product, question: Thread) -> Member:
    """Rosa has asked for the digest, and there is something to say."""
    choose_digest(by=regular, wanted=True, source="test")
    follow(by=regular, product=product)
    return regular


def test_a_digest_waits_for_the_end_of_a_pause(reader: Member, manager: Member) -> None:
    """Rule 13, and this week's digest still comes."""
    for place in ({}, {"customer": reader}):
        stopped = pause(by=manager, because="Bad news", **place)
        assert send_digests() == 0
        lift(by=manager, pause=stopped)
    assert send_digests() == 1


def test_a_digest_leaves_out_what_is_paused(
    reader: Member, question: Thread, category: Category, manager: Member
) -> None:
    """No advert beside bad news: the letter itself may go out, the paused thread or category stays out of it."""
    now = timezone.now()
    for place in ({"thread": question}, {"category": category}):
        stopped = pause(by=manager, because="A recall", **place)
        assert news_for(reader, now) == []
        lift(by=manager, pause=stopped)
        assert [section.title for section in news_for(reader, now)] == ["You could answer these"]


def test_account_mail_is_exempt(client: Client, manager: Member, member: Member) -> None:
    """Rule 13: without it people are locked out."""
    pause(by=manager, because="Bad news")
    client.post(reverse("account_reset_password"), {"email": member.email})
    assert [letter.to for letter in mail.outbox] == [[member.email]]
