"""Letters: when they are due, what they join, when they are dropped, and what they look like on the wire."""

import email
import email.policy
import socket
from collections.abc import Iterator
from datetime import timedelta
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from allauth.account.models import EmailAddress
from django.core import mail
from django.utils import timezone

from community.branding.memory import forget
from community.branding.models import Branding
from community.members.models import Member
from community.notifications import mailing
from community.notifications.following import follow, unfollow
from community.notifications.letters import REPLY_LINE
from community.notifications.mailing import claim, send_due_mail
from community.notifications.models import Level, MailPreference, Notification, SentMail
from community.notifications.reading import read_all
from community.notifications.reply_addresses import place_in
from community.notifications.telling import QUIET, tell
from community.threads.models import Post, Status, Thread
from community.threads.posting import add_answer, add_comment
from community.threads.publishing import set_status
from community.threads.withdrawing import withdraw
from forum.solving import accept
from tests.reviews.at_once import at_once

Kind = Notification.Kind


def ten_minutes_pass() -> None:
    for told in Notification.objects.awaiting_mail():
        Notification.objects.filter(pk=told.pk).update(
            created_at=told.created_at - QUIET, mail_due_at=told.mail_due_at - QUIET
        )


def letters() -> list[tuple[str, str]]:
    """Who got which subject."""
    return [(letter.to[0], letter.subject) for letter in mail.outbox]


def test_a_letter_comes_after_ten_quiet_minutes(question: Thread, answer: Post) -> None:
    assert send_due_mail() == 0
    ten_minutes_pass()
    assert send_due_mail() == 1
    assert letters() == [("mara@example.com", "Re: How do I wash the Fell Jumper?")]
    assert send_due_mail() == 0


def test_what_happens_in_one_thread_is_one_letter(
    answer: Post, regular: Member, responder: Member, member: Member
) -> None:
    add_comment(by=regular, parent=answer, body="How long does that take to dry?")
    add_answer(by=responder, thread=answer.thread, body="We have corrected the label.", is_official=True)
    ten_minutes_pass()
    assert send_due_mail() == 2
    to_mara = next(letter for letter in mail.outbox if letter.to == ["mara@example.com"])
    for words in ("Tomas Berg answered", "Rosa Reyes commented", "Rhea replied to your question"):
        assert words in to_mara.body
        assert words in to_mara.alternatives[0][0]
    assert Notification.objects.filter(member=member).values("mailed_at").distinct().count() == 1


def test_what_is_younger_goes_along_with_what_is_due(answer: Post, regular: Member) -> None:
    ten_minutes_pass()
    add_comment(by=regular, parent=answer, body="How long does that take to dry?")
    send_due_mail()
    to_mara = next(letter for letter in mail.outbox if letter.to == ["mara@example.com"])
    assert "Rosa Reyes commented" in to_mara.body
    assert not Notification.objects.filter(member__username="mara").awaiting_mail().exists()


def dropped() -> bool:
    ten_minutes_pass()
    return send_due_mail() == 0 and not Notification.objects.awaiting_mail().exists() and not mail.outbox


def test_what_was_seen_is_not_mailed(answer: Post, member: Member) -> None:
    read_all(by=member)
    assert dropped()


def test_what_was_withdrawn_is_not_mailed(answer: Post, other_member: Member) -> None:
    withdraw(by=other_member, post=answer)
    assert dropped()


@pytest.mark.parametrize("status", [Status.HELD, Status.HIDDEN, Status.REMOVED])
def test_what_nobody_may_read_is_not_mailed(answer: Post, status: str) -> None:
    set_status(answer, status)
    assert dropped()


def test_what_is_muted_meanwhile_is_not_mailed(question: Thread, answer: Post, member: Member) -> None:
    unfollow(by=member, thread=question)
    assert dropped()


def test_what_is_for_the_bell_only_meanwhile_is_not_mailed(question: Thread, answer: Post, member: Member) -> None:
    follow(by=member, thread=question, level=Level.TRACKING)
    assert dropped()


def test_what_is_not_wanted_is_not_mailed(answer: Post, member: Member) -> None:
    MailPreference.objects.create(member=member, answers=False)
    assert dropped()


@pytest.mark.parametrize(
    ("fields", "address"),
    [({"is_active": False}, {}), ({"erased_at": timezone.now()}, {}), ({}, {"verified": False})],
)
def test_who_may_not_be_written_to_is_not(answer: Post, member: Member, fields: Any, address: Any) -> None:
    Member.objects.filter(pk=member.pk).update(**{"is_active": True} | fields)
    if address:
        EmailAddress.objects.update_or_create(user=member, email=member.email, defaults=address)
    assert dropped()


def test_nobody_hears_a_day_late_that_something_happened(answer: Post) -> None:
    Notification.objects.update(created_at=timezone.now() - timedelta(days=2))
    assert dropped()


def test_after_a_hundred_letters_in_a_day_there_are_no_more(answer: Post, member: Member) -> None:
    SentMail.objects.bulk_create(SentMail(member=member, subject="x", message_id=f"m{n}") for n in range(100))
    assert dropped()


def test_a_decision_comes_even_to_who_wants_no_mail(answer: Post, other_member: Member) -> None:
    MailPreference.objects.create(member=other_member, answers=False, accepted=False, company=False, mentions=False)
    set_status(answer, Status.REMOVED)
    tell(member=other_member, kind=Kind.DECISION, post=answer)
    ten_minutes_pass()
    send_due_mail()
    assert "A moderator removed your answer." in mail.outbox[0].body
    assert "Cold water" not in mail.outbox[0].body


def test_an_accepted_answer_is_told_by_mail(answer: Post, member: Member) -> None:
    Notification.objects.all().delete()
    accept(by=member, post=answer)
    ten_minutes_pass()
    send_due_mail()
    assert mail.outbox[0].to == ["tomas@example.com"]
    assert "Mara Lind accepted your answer." in mail.outbox[0].body


def test_one_letter_is_claimed_by_one_worker(question: Thread, answer: Post, member: Member) -> None:
    ten_minutes_pass()
    assert len(claim(member.pk, question.pk, now=timezone.now())) == 1
    assert claim(member.pk, question.pk, now=timezone.now()) == []
    assert send_due_mail() == 0


def test_a_letter_whose_worker_died_is_sent_later_under_the_same_name(
    question: Thread, answer: Post, member: Member
) -> None:
    ten_minutes_pass()
    claim(member.pk, question.pk, now=timezone.now())
    assert send_due_mail() == 0
    ten_minutes_pass()
    assert send_due_mail() == 1
    told = Notification.objects.get(member=member)
    name = f"<told-{member.pk}-{told.pk}-{told.created_at:%y%m%d%H%M%S%f}@127.0.0.1>"
    assert mail.outbox[0].extra_headers["Message-ID"] == name


@pytest.mark.django_db(transaction=True)
def test_four_workers_at_once_send_one_letter(question: Thread, answer: Post, tmp_path: Path) -> None:
    ten_minutes_pass()
    assert sum(at_once(tmp_path, [send_due_mail] * 4)) == 1
    assert len(mail.outbox) == 1


def test_a_mail_server_that_is_down_loses_nothing(
    answer: Post, settings: Any, caplog: pytest.LogCaptureFixture
) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 9
    ten_minutes_pass()
    assert send_due_mail() == 0
    assert "tried again" in caplog.text
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    ten_minutes_pass()
    assert send_due_mail() == 1


def test_a_run_ends_in_time_and_the_next_goes_on(answer: Post, monkeypatch: pytest.MonkeyPatch) -> None:
    ten_minutes_pass()
    monkeypatch.setattr(mailing, "SECONDS_A_RUN", -1)
    assert send_due_mail() == 0
    monkeypatch.setattr(mailing, "SECONDS_A_RUN", 50)
    assert send_due_mail() == 1


class Box:
    """Keeps what a mail server receives."""

    def __init__(self) -> None:
        self.received: list[EmailMessage] = []

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


def test_a_letter_on_the_wire(mail_server: Box, question: Thread, answer: Post, member: Member, settings: Any) -> None:
    Branding.objects.update_or_create(pk=1, defaults={"name": "Ålder & Tarn"})
    forget()
    settings.SITE_URL = "https://talk.example.com"
    Thread.objects.filter(pk=question.pk).update(title="Wäsche: wie heiß?\r\nBcc: all@example.com")
    ten_minutes_pass()
    assert send_due_mail() == 1
    letter = mail_server.received[0]
    told = Notification.objects.get(member=member)
    assert letter["Subject"].strip() == "Re: Wäsche: wie heiß? Bcc: all@example.com"
    assert letter["Bcc"] is None
    name = f"<told-{member.pk}-{told.pk}-{told.created_at:%y%m%d%H%M%S%f}@talk.example.com>"
    assert letter["Message-ID"] == name
    assert letter["In-Reply-To"] == letter["References"] == f"<thread-{question.pk}@talk.example.com>"
    assert letter["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert letter["List-Unsubscribe"].strip().startswith("<https://talk.example.com/notifications/unsubscribe/")
    assert letter["Auto-Submitted"] == "auto-generated"
    text, html = (part.get_content() for part in letter.iter_parts())
    for part in (text, html):
        assert "Cold water, wool soap" in part
        assert f"https://talk.example.com/posts/{answer.pk}/" in part
    assert "<" not in text.replace("<https", "")


def test_a_letter_says_where_an_answer_goes(answer: Post, member: Member, settings: Any) -> None:
    ten_minutes_pass()
    settings.MAIL_REPLY_ADDRESS = "reply@talk.example.com"
    send_due_mail()
    letter = mail.outbox[0]
    place = place_in(letter.reply_to[0])
    assert place is not None and (place.member_id, place.post_id) == (member.pk, answer.pk)
    assert letter.body.startswith(REPLY_LINE)
    assert REPLY_LINE in letter.alternatives[0][0]


def test_a_letter_that_cannot_be_answered_does_not_say_so(answer: Post) -> None:
    ten_minutes_pass()
    send_due_mail()
    assert mail.outbox[0].reply_to == []
    assert REPLY_LINE not in mail.outbox[0].body


def test_a_second_decision_comes_under_a_name_of_its_own(answer: Post, other_member: Member) -> None:
    names = set()
    for status in (Status.REMOVED, Status.PUBLISHED):
        set_status(Post.objects.get(pk=answer.pk), status)
        tell(member=other_member, kind=Kind.DECISION, post=answer, happened_at=timezone.now())
        Notification.objects.filter(member=other_member).update(mail_due_at=timezone.now())
        send_due_mail()
        names.add(next(one for one in mail.outbox[::-1] if one.to == [other_member.email]).extra_headers["Message-ID"])
        Notification.objects.update(created_at=timezone.now() - timedelta(hours=1))
    assert len(names) == 2


@pytest.mark.parametrize(
    ("setting", "writer"),
    [("us@example.com", "Alder & Tarn <us@example.com>"), ("Wool <us@example.com>", "Wool <us@example.com>")],
)
def test_a_letter_says_who_writes(setting: str, writer: str, answer: Post, brand: Branding, settings: Any) -> None:
    settings.DEFAULT_FROM_EMAIL = setting
    forget()
    ten_minutes_pass()
    send_due_mail()
    assert mail.outbox[0].message()["From"] == writer


def test_a_letter_escapes_what_people_write(answer: Post, member: Member) -> None:
    Member.objects.filter(username="tomas").update(display_name="<b>Tomas</b>")
    Post.objects.filter(pk=answer.pk).update(body_html="<p>&lt;script&gt;alert(1)&lt;/script&gt;</p>")
    ten_minutes_pass()
    send_due_mail()
    html = mail.outbox[0].alternatives[0][0]
    assert "<script" not in html
    assert "&lt;b&gt;Tomas&lt;/b&gt;" in html
    assert "<script>alert(1)</script>" in mail.outbox[0].body


def test_a_followed_product_brings_the_question_itself(question: Thread, opening: Post, regular: Member) -> None:
    follow(by=regular, thread=question)
    tell(member=regular, kind=Kind.QUESTION, post=opening, actor=question.author)
    ten_minutes_pass()
    send_due_mail()
    assert letters() == [("rosa@example.com", "How do I wash the Fell Jumper?")]


def test_a_letter_costs_few_queries(answer: Post, django_assert_max_num_queries: Any) -> None:
    ten_minutes_pass()
    with django_assert_max_num_queries(19):  # two of them ask for pauses
        send_due_mail()
