"""One-to-one by real mail: out through an SMTP server, and the customer's answer back in."""

import email
import email.policy
import socket
from collections.abc import Iterator
from datetime import timedelta
from email.message import EmailMessage
from typing import Any

import pytest
import time_machine
from aiosmtpd.controller import Controller
from django.core import mail
from django.utils import timezone

from community.members.models import Member
from community.notifications.models import ReceivedMail
from community.notifications.reply_addresses import conversation_address, place_in, reply_address
from community.receiving_mail import GONE, OTHER_SENDER, receive
from staff.models import Conversation, Message
from staff.one_to_one.letters import REPLY_LINE, send_due_messages
from staff.one_to_one.writing import note_for, write_alone

WORDS = "Please send us your order number, and we [replace it](/questions/)."
ANSWER = "It is A-1009, from last winter."


class Box:
    """Keeps what a mail server receives."""

    def __init__(self) -> None:
        self.received: list[EmailMessage] = []

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:  # noqa: N802 - aiosmtpd's name
        self.received.append(email.message_from_bytes(envelope.content, policy=email.policy.default))
        return "250 OK"


@pytest.fixture(autouse=True)
def _introduced(settings: Any) -> None:
    settings.MAIL_REPLY_ADDRESS = "reply@talk.example.com"
    settings.SITE_URL = "https://talk.example.com"


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


def written(by: Member, conversation: Conversation) -> Message:
    return write_alone(by=by, conversation=conversation, body=WORDS, note=note_for(conversation))


def answer_to(letter: EmailMessage, sender: str, text: str = ANSWER) -> bytes:
    """What a mail program makes of an answer: the sender's words above, the letter quoted below."""
    body = letter.get_body(("plain",))
    quoted = "\n".join(f"> {line}" for line in body.get_content().splitlines()) if body else ""
    made = EmailMessage()
    made["From"], made["To"], made["Subject"] = sender, letter["Reply-To"], f"Re: {letter['Subject']}"
    made["Message-ID"], made["In-Reply-To"] = "<answer@example.com>", letter["Message-ID"]
    made.set_content(f"{text}\n\nOn Mon, 2 Nov 2026 at 10:12, Alder & Tarn wrote:\n\n{quoted}\n")
    return made.as_bytes()


def test_out_by_mail_and_back_in(mail_server: Box, waiting: Conversation, responder: Member, member: Member) -> None:
    sent = written(responder, waiting)
    letter = mail_server.received[-1]
    assert letter["To"] == member.email
    text, html = (part.get_content() for part in letter.iter_parts())
    assert text.startswith(REPLY_LINE) and "https://talk.example.com/questions/" in text
    assert 'href="https://talk.example.com/questions/"' in html
    assert f"https://talk.example.com/messages/{waiting.pk}/" in html
    noted = receive(answer_to(letter, f"Mara <{member.email}>"))
    said = Message.objects.get(is_official=False)
    assert (noted.outcome, said.body, said.source, said.conversation) == ("posted", ANSWER, "mail", waiting)
    sent.refresh_from_db()
    waiting.refresh_from_db()
    assert sent.mailed_at is not None and waiting.needs_reply


def test_the_same_mail_twice_is_one_message(mail_server: Box, waiting: Conversation, responder: Member) -> None:
    written(responder, waiting)
    raw = answer_to(mail_server.received[-1], "mara@example.com")
    receive(raw)
    ReceivedMail.objects.all().delete()
    receive(raw)
    assert Message.objects.filter(is_official=False).count() == 1


def test_who_writes_from_elsewhere_is_told_at_their_own_address(
    mail_server: Box, waiting: Conversation, responder: Member
) -> None:
    written(responder, waiting)
    noted = receive(answer_to(mail_server.received[-1], "eve@example.com"))
    assert (noted.outcome, noted.detail) == ("refused", OTHER_SENDER)
    told = mail_server.received[-1]
    assert told["To"] == "mara@example.com" and told["Subject"] == "Your answer was not posted"
    assert not Message.objects.filter(is_official=False).exists()


def test_another_members_conversation_can_not_be_answered(waiting: Conversation, other_member: Member) -> None:
    letter = EmailMessage()
    letter["Subject"], letter["Reply-To"] = "Hello", conversation_address(other_member.pk, waiting.pk)
    letter.set_content("Hello")
    assert receive(answer_to(letter, other_member.email)).detail == GONE
    assert not Message.objects.exists()


def test_an_address_for_a_post_is_none_for_a_conversation(member: Member, waiting: Conversation) -> None:
    alone, public = conversation_address(member.pk, 7), reply_address(member.pk, 7)
    of_alone, of_public = place_in(alone.upper()), place_in(public)
    assert of_alone and (of_alone.conversation_id, of_alone.post_id) == (7, None)
    assert of_public and (of_public.conversation_id, of_public.post_id) == (None, 7)
    assert place_in(public.replace("reply+", "reply+c-")) is None
    assert place_in(alone.replace("+c-", "+")) is None


def test_a_mail_server_that_is_down_loses_nothing(
    waiting: Conversation, responder: Member, settings: Any, caplog: pytest.LogCaptureFixture
) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 9
    sent = written(responder, waiting)
    assert "tried again" in caplog.text
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    assert send_due_messages() == 0
    with time_machine.travel(timezone.now() + timedelta(minutes=11)):
        assert send_due_messages() == 1
        assert send_due_messages() == 0
    assert mail.outbox[0].extra_headers["Message-ID"] == f"<message-{sent.pk}@talk.example.com>"
