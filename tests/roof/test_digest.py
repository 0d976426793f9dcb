"""The weekly digest: who gets it, what stands in it, when nothing comes."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from django.test import Client
from django.utils import timezone

from community.digest import news_for
from community.members.consenting import has_consent
from community.members.models import Consent, Member
from community.notifications.bouncing import Event, note_events
from community.notifications.following import follow
from community.notifications.models import MailPreference, SentMail
from community.notifications.unsubscribing import DIGEST, choose_digest
from community.products.models import Product
from community.sending_digests import send_digests
from community.threads.models import Post, Tag, Thread
from community.threads.seeing import mark_read
from community.threads.voting import vote
from forum.solving import accept
from reviews.models import Review

As = Callable[[Member | None], Client]


@pytest.fixture
def reader(regular: Member) -> Member:
    """Rosa has asked for the digest."""
    choose_digest(by=regular, wanted=True, source="test")
    return regular


def titles(member: Member) -> dict[str, list[str]]:
    found = news_for(Member.objects.get(pk=member.pk), timezone.now())
    return {section.title: [entry.title for entry in section.entries] for section in found}


def test_it_tells_what_was_solved_in_what_one_follows(
    question: Thread, answer: Post, reader: Member, member: Member
) -> None:
    accept(by=member, post=answer)
    assert titles(reader) == {}
    follow(by=reader, tag=Tag.objects.get(name="wool"))
    assert titles(reader) == {"Solved in what you follow": [question.title]}


def test_it_tells_the_best_answers_there(question: Thread, answer: Post, reader: Member, member: Member) -> None:
    follow(by=reader, category=question.question.category)
    assert "Best answers of the week" not in titles(reader)
    vote(by=member, post=answer, is_helpful=True)
    assert titles(reader)["Best answers of the week"] == [question.title]


def test_it_tells_what_one_could_answer(question: Thread, product: Product, reader: Member, member: Member) -> None:
    follow(by=reader, product=product)
    follow(by=member, product=product)
    assert titles(reader) == {"You could answer these": [question.title]}
    assert titles(member) == {}


def test_it_tells_of_new_reviews_of_ones_products(review: Review, product: Product, reader: Member) -> None:
    follow(by=reader, product=product)
    Review.objects.update(name_shown="anonymous")
    assert titles(reader) == {"New reviews of your products": [review.thread.title]}
    send_digests()
    assert "by A customer" in mail.outbox[0].body
    assert "Tomas" not in mail.outbox[0].body


def test_what_was_read_is_not_told(question: Thread, answer: Post, reader: Member, member: Member) -> None:
    accept(by=member, post=answer)
    follow(by=reader, thread=question)
    thread = Thread.objects.get(pk=question.pk)
    mark_read(by=reader, thread=thread, until=timezone.now(), posts=2, seconds=9)
    assert titles(reader) == {}


def test_it_comes_once_a_week(question: Thread, product: Product, reader: Member) -> None:
    follow(by=reader, product=product)
    now = timezone.now()
    assert [send_digests(now), send_digests(now), send_digests(now + timedelta(days=6))] == [1, 0, 0]
    assert send_digests(now + timedelta(days=7, minutes=1)) == 1


def test_nothing_comes_when_there_is_nothing_to_say(reader: Member) -> None:
    assert send_digests() == 0
    assert not mail.outbox


def test_nobody_gets_it_unasked(question: Thread, product: Product, regular: Member) -> None:
    follow(by=regular, product=product)
    assert send_digests() == 0
    choose_digest(by=regular, wanted=True, source="test")
    choose_digest(by=regular, wanted=False, source="test")
    assert send_digests() == 0


def test_it_stops_after_half_a_year_away(question: Thread, product: Product, reader: Member) -> None:
    follow(by=reader, product=product)
    long_ago = timezone.now() - timedelta(days=181)
    Member.objects.filter(pk=reader.pk).update(last_login=long_ago, date_joined=long_ago)
    assert send_digests() == 0
    MailPreference.objects.update(digest_at=None)
    Member.objects.filter(pk=reader.pk).update(last_login=timezone.now())
    assert send_digests() == 1


def test_it_stops_when_mail_comes_back(question: Thread, product: Product, reader: Member) -> None:
    follow(by=reader, product=product)
    note_events([Event("c", "complaint", address=reader.email)])
    assert send_digests() == 0


def test_a_mail_server_that_is_down_loses_nothing(
    question: Thread, product: Product, reader: Member, settings: Any
) -> None:
    follow(by=reader, product=product)
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 9
    assert send_digests() == 0
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    assert send_digests() == 1


def test_one_click_stops_the_digest_alone(question: Thread, product: Product, reader: Member, client: Client) -> None:
    follow(by=reader, product=product)
    send_digests()
    letter = mail.outbox[0]
    assert letter.subject == question.title
    assert letter.extra_headers["List-Id"].startswith("<digest.")
    assert SentMail.objects.get().member == reader
    address = letter.extra_headers["List-Unsubscribe"].strip("<>").removeprefix("http://127.0.0.1:8000")
    assert "Stop the weekly digest" in client.get(address).content.decode()
    assert client.post(address, {"List-Unsubscribe": "One-Click"}).status_code == 200
    assert not has_consent(reader, Consent.Channel.MAIL, Consent.Purpose.DIGEST)
    assert not MailPreference.objects.filter(member=reader, answers=False).exists()
    client.post(address, {"what": "digest-again"})
    assert has_consent(reader, **DIGEST)


def test_a_member_asks_for_it_and_the_log_says_where(regular: Member, as_: As) -> None:
    client = as_(regular)
    client.post("/notifications/mail/", {"answers": "on", "digest": "on"})
    consent = Consent.objects.get(member=regular)
    assert (consent.is_given, consent.source, consent.wording_version) == (True, "mail preferences", "2026-11")
    client.post("/notifications/mail/", {"answers": "on", "digest": "on"})
    client.post("/notifications/mail/", {"answers": "on"})
    assert [one.is_given for one in Consent.objects.filter(member=regular).order_by("pk")] == [True, False]


def test_many_followers_cost_few_queries_each(
    question: Thread, answer: Post, review: Review, product: Product, reader: Member, django_assert_max_num_queries: Any
) -> None:
    follow(by=reader, product=product)
    with django_assert_max_num_queries(9):
        news_for(Member.objects.get(pk=reader.pk), timezone.now())
