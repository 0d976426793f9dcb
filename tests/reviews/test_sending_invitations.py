"""How invitations leave: once each, with at most two reminders, and not at all where something has changed."""

import email
import email.policy
import socket
from collections.abc import Iterator
from datetime import datetime, timedelta
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from django.core import mail
from django.utils import timezone
from time_machine import travel

from community.members.models import Member
from community.notifications.bouncing import Event, note_events
from community.notifications.models import MailPreference, SentMail
from community.products.models import Product, Purchase
from community.threads.models import Status
from community.threads.pausing import lift, pause
from reviews.inviting import sending
from reviews.inviting.planning import plan
from reviews.inviting.sending import send_due
from reviews.inviting.stopping import stop
from reviews.models import Invitation, InvitationCampaign, InvitedPurchase, Review
from tests.reviews.at_once import at_once
from tests.reviews.inviting import another_product, ask, bought, campaign, links_in
from tests.reviews.writing import fields, write

pytestmark = pytest.mark.django_db


def in_days(days: float) -> datetime:
    return timezone.now() + timedelta(days=days)


def asked_on(days: list[float]) -> list[str]:
    """The subjects of what left on each of these days from now."""
    subjects = []
    for day in days:
        with travel(in_days(day), tick=False):
            subjects += [letter.subject for letter in ask()]
    return subjects


def test_one_mail_and_two_reminders_in_other_words(product: Product) -> None:
    campaign()
    bought(product)
    subjects = asked_on([0, 0.1, 6.9, 7.1, 7.2, 14.3, 14.4, 21.5, 40, 46])
    assert subjects == [
        "How is your Fell Jumper?",
        "Still time to say what your Fell Jumper is like",
        "Last reminder: your word on Fell Jumper",
    ]
    assert len({letter.body.split("*")[0] for letter in mail.outbox}) == 3
    ended = Invitation.objects.get()
    assert (ended.state, ended.why_ended) == ("ended", "Its links have expired")


@pytest.mark.parametrize("reminders", [0, 1])
def test_a_campaign_may_remind_less(reminders: int, product: Product) -> None:
    campaign(reminders=reminders)
    bought(product)
    assert len(asked_on([0, 8, 16, 24])) == 1 + reminders


def test_the_mail_says_who_asks_why_and_what_becomes_of_it(product: Product, brand: Any, settings: Any) -> None:
    settings.SITE_URL = "https://talk.example.com"
    campaign(incentive="a voucher of €5", greeting="We knit in small runs.\nYour word counts.")
    bought(product, reference="A-77")
    bought(another_product())
    letter = ask()[0]
    assert letter.subject == "How are your Fell Jumper and 1 more?"
    for part in (letter.body, str(letter.alternatives[0][0])):
        for words in ("Ida Berg", "Alder &", "A-77", "Good or bad", "whatever the", "a voucher of €5", "small runs"):
            assert words in " ".join(part.split())
        for words in ("address is never shown", "At most 2 reminders follow", "no account", "Don"):
            assert words in " ".join(part.split())
    assert len(links_in(letter)) == 3


@pytest.mark.parametrize("stars", range(1, 6))
def test_a_reviewed_product_is_asked_about_no_more_whatever_its_stars(
    stars: int, product: Product, member: Member
) -> None:
    campaign()
    bought(product, member=member, email="mara@example.com")
    assert len(ask()) == 1
    write(member, product, stars=stars)
    assert asked_on([8]) == []
    assert Invitation.objects.get().state == "ended"


def test_a_reminder_asks_only_about_the_rest(product: Product, member: Member) -> None:
    campaign()
    bought(product, member=member, email="mara@example.com")
    bought(another_product(), member=member, email="mara@example.com")
    ask()
    write(member, product)
    assert asked_on([8]) == ["Still time to say what your Scarf 1 is like"]


def given_back(purchase: Purchase) -> None:
    Purchase.objects.update(refunded_at=timezone.now())


def discontinued(purchase: Purchase) -> None:
    Product.objects.update(is_discontinued=True)


def refused(purchase: Purchase) -> None:
    stop(purchase.email)


def account_closed(purchase: Purchase) -> None:
    Member.objects.update(is_active=False)


def made_staff(purchase: Purchase) -> None:
    Member.objects.update(is_staff=True)


def mail_stopped(purchase: Purchase) -> None:
    MailPreference.objects.create(member=purchase.member, stopped_at=timezone.now(), stopped_because="bounces")


CHANGES = [given_back, discontinued, refused, account_closed, made_staff, mail_stopped]


@pytest.mark.parametrize("change", CHANGES)
def test_everything_is_looked_at_again_when_it_is_sent(change: Any, product: Product, member: Member) -> None:
    campaign()
    purchase = bought(product, member=member, email="mara@example.com")
    plan()
    change(purchase)
    assert send_due() == 0
    ended = Invitation.objects.get()
    assert ended.state == "ended" and ended.why_ended and ended.sent_at is None


@pytest.mark.parametrize("change", CHANGES)
def test_and_again_when_it_reminds(change: Any, product: Product, member: Member) -> None:
    campaign()
    purchase = bought(product, member=member, email="mara@example.com")
    ask()
    change(purchase)
    assert asked_on([8]) == []
    assert Invitation.objects.get().reminders_sent == 0


def test_no_mail_after_180_days_even_if_it_was_planned_before(product: Product) -> None:
    campaign()
    bought(product, days=179.5)
    plan()
    with travel(in_days(1), tick=False):
        assert send_due() == 0


def test_mail_that_came_back_is_followed_by_none(product: Product) -> None:
    campaign()
    bought(product)
    letter = ask()[0]
    event = Event("1", "hard", message_id=str(letter.extra_headers["Message-ID"]).strip("<>"))
    assert note_events([event, event]) == 1
    assert asked_on([8]) == []
    assert Invitation.objects.get().why_ended == "Mail to this address came back"


def test_what_is_paused_waits_and_leaves_later(product: Product, member: Member, manager: Member) -> None:
    campaign()
    bought(product, member=member, email="mara@example.com")
    plan()
    for place in ({}, {"customer": member}):
        standing = pause(by=manager, because="Recall", **place)
        assert send_due() == 0
        lift(by=manager, pause=standing)
    with travel(in_days(0.1), tick=False):
        assert send_due() == 1


def test_a_stopped_campaign_sends_nothing(product: Product) -> None:
    campaign()
    bought(product)
    ask()
    InvitationCampaign.objects.update(is_active=False)
    assert asked_on([8]) == []
    InvitationCampaign.objects.update(is_active=True)
    assert len(asked_on([8.1])) == 1


def test_at_most_a_hundred_mails_a_day_to_an_address(product: Product) -> None:
    campaign()
    bought(product)
    SentMail.objects.bulk_create(
        SentMail(address="ida@example.com", subject="x", message_id=str(number)) for number in range(100)
    )
    assert ask() == []
    assert len(asked_on([1.1])) == 1


def test_a_newer_mail_ends_the_reminders_of_an_earlier_one(product: Product) -> None:
    campaign()
    bought(product)
    bought(another_product(), days=6)
    assert len(asked_on([0])) == 1
    assert asked_on([9, 16.1, 23.2, 30]) == [
        "How is your Scarf 1?",
        "Still time to say what your Scarf 1 is like",
        "Last reminder: your word on Scarf 1",
    ]


class KilledError(Exception):
    """As a worker that is killed."""


def test_a_worker_killed_while_sending_never_sends_twice(product: Product, monkeypatch: pytest.MonkeyPatch) -> None:
    campaign(reminders=0)
    bought(product)
    plan()

    def die(*args: Any) -> None:
        raise KilledError

    with monkeypatch.context() as dying:
        dying.setattr("django.core.mail.backends.locmem.EmailBackend.send_messages", die)
        with pytest.raises(KilledError):
            send_due()
    assert send_due() == 0
    assert Invitation.objects.get().state == "sent"


@pytest.mark.django_db(transaction=True)
def test_two_workers_plan_and_send_each_mail_once(product: Product, tmp_path: Path) -> None:
    campaign()
    for number in range(4):
        bought(product, email=f"ida{number}@example.com")
    planned = at_once(tmp_path, [plan, plan])
    assert sum(planned) == 4
    sent = at_once(tmp_path, [send_due, send_due])
    assert sum(sent) == 4
    assert sorted(letter.to[0] for letter in mail.outbox) == [f"ida{number}@example.com" for number in range(4)]


class Box:
    """A mail server: keeps what it receives, refuses who is not known."""

    def __init__(self) -> None:
        self.received: list[EmailMessage] = []

    async def handle_RCPT(self, server: Any, session: Any, envelope: Any, address: str, options: Any) -> str:  # noqa: N802 - aiosmtpd's name
        if address.startswith("nobody"):
            return "550 No such user"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:  # noqa: N802 - aiosmtpd's name
        self.received.append(email.message_from_bytes(envelope.content, policy=email.policy.default))
        return "250 OK"


@pytest.fixture
def mail_server(settings: Any) -> Iterator[Box]:
    """A real SMTP server that Django sends to."""
    box = Box()
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    controller = Controller(box, hostname="127.0.0.1", port=port)
    controller.start()
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", port
    yield box
    controller.stop()


def test_an_invitation_on_the_wire(mail_server: Box, product: Product, settings: Any, client: Any) -> None:
    settings.SITE_URL = "https://talk.example.com"
    Product.objects.update(name="Wäsche & Wolle\r\nBcc: all@example.com")
    campaign()
    bought(product)
    bought(product, email="nobody@example.com")
    plan()
    assert send_due() == 1
    letter = mail_server.received[0]
    assert letter["Bcc"] is None and letter["To"] == "ida@example.com"
    assert letter["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert letter["Message-ID"].startswith("<invitation-") and letter["Auto-Submitted"] == "auto-generated"
    stopping = letter["List-Unsubscribe"].strip("<> ").removeprefix("https://talk.example.com")
    assert client.post(stopping, {"List-Unsubscribe": "One-Click"}).status_code == 200
    assert asked_on([8]) == []
    refused_one = Invitation.objects.get(email="nobody@example.com")
    assert (refused_one.state, refused_one.why_ended) == ("ended", sending.NO_SUCH_ADDRESS)


def test_while_the_mail_server_is_down_it_waits(mail_server: Box, product: Product, settings: Any) -> None:
    campaign()
    bought(product)
    port, settings.EMAIL_PORT = settings.EMAIL_PORT, 1
    plan()
    assert send_due() == 0
    settings.EMAIL_PORT = port
    assert Invitation.objects.get().state == "planned"
    assert send_due() == 1
    assert InvitedPurchase.objects.count() == 1


def test_the_whole_round_by_real_mail(mail_server: Box, product: Product, client: Any, settings: Any) -> None:
    """Asked, reviewed from the link, told what was published, and deleted again, without an account or a session."""
    settings.SITE_URL = "https://talk.example.com"
    campaign()
    bought(product)
    plan()
    send_due()
    link = _path_in(mail_server.received[0], "/invited/")
    assert client.get(link).status_code == 200
    assert client.post(link, fields(stars="2")).status_code == 302
    answered = mail_server.received[1]
    assert (answered["To"], answered["Subject"]) == ("ida@example.com", "Your review of Fell Jumper")
    client.post(_path_in(answered, "/invited/written/"), {"what": "review"})
    assert Review.objects.get().thread.status == Status.WITHDRAWN
    assert asked_on([8]) == []


def _path_in(letter: EmailMessage, part: str) -> str:
    """The first link of a letter's plain form that leads there."""
    plain = letter.get_body(("plain",))
    assert plain is not None
    found = [word for word in plain.get_content().split() if f"talk.example.com{part}" in word]
    return str(found[0].removeprefix("https://talk.example.com"))
