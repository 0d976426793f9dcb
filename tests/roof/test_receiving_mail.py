"""Answering by mail: what is posted, what is refused, and who is told."""

import io
import sys
import time
from datetime import timedelta
from email.message import EmailMessage
from io import BytesIO
from typing import Any

import pytest
import time_machine
from django.core import mail
from django.core.management import call_command
from django.test import Client
from django.utils import timezone
from PIL import Image

from community.members.models import Member
from community.notifications.incoming import LARGEST
from community.notifications.mailing import send_due_mail
from community.notifications.models import Notification, ReceivedMail
from community.notifications.reply_addresses import place_in, reply_address
from community.notifications.webhook_signature import HEADER, sign
from community.receiving_mail import GONE, NOTHING_SAID, OLD_ADDRESS, OTHER_SENDER, receive
from community.threads.models import Attachment, Post, Status, Thread
from community.threads.publishing import set_status
from reviews.models import Review

Outcome = ReceivedMail.Outcome
SECRET = "a-secret-of-the-mail-server-for-tests"
WORDS = "I dried mine on a towel, and it took two days."


@pytest.fixture(autouse=True)
def _introduced(settings: Any) -> None:
    settings.MAIL_REPLY_ADDRESS = "reply@talk.example.com"
    settings.MAIL_WEBHOOK_SECRET = SECRET
    settings.MAIL_AUTHSERV_ID = "mx.talk.example.com"


def letter(by: Member, to: str, text: str = WORDS, name: str = "one", **headers: str) -> EmailMessage:
    made = EmailMessage()
    made["From"] = f"{by.name} <{by.email}>"
    made["To"] = to
    made["Subject"] = "Re: How do I wash the Fell Jumper?"
    made["Message-ID"] = f"<{name}@example.com>"
    for header, value in headers.items():
        made[header.replace("_", "-")] = value
    made.set_content(text)
    return made


def drawing(size: tuple[int, int] = (300, 300)) -> bytes:
    drawn = BytesIO()
    Image.effect_noise(size, 90).save(drawn, "PNG")
    return drawn.getvalue()


def test_an_answer_to_a_letter_about_a_question_is_an_answer(opening: Post, regular: Member) -> None:
    noted = receive(letter(regular, reply_address(regular.pk, opening.pk)).as_bytes())
    post = Post.objects.get(author=regular)
    assert (noted.outcome, noted.post) == (Outcome.POSTED, post)
    assert (post.kind, post.body, post.source) == (Post.Kind.ANSWER, WORDS, Post.Source.MAIL)
    assert Notification.objects.filter(member=opening.author, post=post).exists()


def test_an_answer_to_a_letter_about_an_answer_is_a_comment_below_it(answer: Post, member: Member) -> None:
    receive(letter(member, reply_address(member.pk, answer.pk)).as_bytes())
    post = Post.objects.get(author=member, kind=Post.Kind.COMMENT)
    assert (post.parent, post.body) == (answer, WORDS)


def test_what_is_too_long_for_a_comment_is_an_answer(answer: Post, regular: Member) -> None:
    receive(letter(regular, reply_address(regular.pk, answer.pk), "Very long. " * 120).as_bytes())
    assert Post.objects.get(author=regular).kind == Post.Kind.ANSWER


def test_an_answer_about_a_review_is_a_comment(review: Review, regular: Member) -> None:
    opening = review.thread.posts.get()
    receive(letter(regular, reply_address(regular.pk, opening.pk)).as_bytes())
    assert Post.objects.get(author=regular).parent == opening


def test_what_staff_answer_is_the_companys_word(opening: Post, responder: Member) -> None:
    receive(letter(responder, reply_address(responder.pk, opening.pk)).as_bytes())
    assert Post.objects.get(author=responder).is_official


def test_a_real_answer_to_a_real_letter(question: Thread, answer: Post, member: Member) -> None:
    Notification.objects.update(mail_due_at=timezone.now())
    send_due_mail()
    sent = mail.outbox[0]
    quoted = "\n".join(f"> {line}" for line in sent.body.splitlines())
    text = f"{WORDS}\n\nMara\n\nOn Mon, 2 Nov 2026 at 10:12, Alder & Tarn wrote:\n\n{quoted}\n"
    receive(letter(member, sent.reply_to[0].upper(), text, In_Reply_To=sent.extra_headers["Message-ID"]).as_bytes())
    assert Post.objects.get(author=member, kind=Post.Kind.COMMENT).body == WORDS


def test_the_same_mail_twice_is_one_post(answer: Post, member: Member) -> None:
    raw = letter(member, reply_address(member.pk, answer.pk)).as_bytes()
    assert receive(raw).pk == receive(raw).pk
    ReceivedMail.objects.all().delete()
    receive(raw)  # even if the log has gone
    assert Post.objects.filter(author=member, kind=Post.Kind.COMMENT).count() == 1


def test_photos_come_along_and_other_files_are_told(opening: Post, regular: Member) -> None:
    mail_in = letter(regular, reply_address(regular.pk, opening.pk))
    mail_in.add_attachment(drawing(), maintype="image", subtype="png", filename="dry.png")
    mail_in.add_attachment(b"%PDF", maintype="application", subtype="pdf", filename="care.pdf")
    receive(mail_in.as_bytes())
    assert Attachment.objects.get().post == Post.objects.get(author=regular)
    assert "Left out: care.pdf" in mail.outbox[0].body


def test_a_logo_in_the_text_is_no_photo(opening: Post, regular: Member) -> None:
    mail_in = letter(regular, reply_address(regular.pk, opening.pk))
    mail_in.add_attachment(drawing((20, 20)), maintype="image", subtype="png", disposition="inline", cid="<logo>")
    receive(mail_in.as_bytes())
    assert not Attachment.objects.exists()


def test_what_is_no_picture_is_refused(opening: Post, regular: Member) -> None:
    mail_in = letter(regular, reply_address(regular.pk, opening.pk))
    mail_in.add_attachment(b"<svg/>", maintype="image", subtype="svg+xml", filename="a.svg")
    assert receive(mail_in.as_bytes()).outcome == Outcome.REFUSED
    assert not Post.objects.filter(author=regular).exists()


def refused(raw: bytes, member: Member, why: str) -> bool:
    noted = receive(raw)
    told = [one for one in mail.outbox if one.to == [member.email]]
    return noted.outcome == Outcome.REFUSED and why in noted.detail and len(told) == 1 and why in told[0].body


def test_who_writes_from_another_address_is_told_at_their_own(answer: Post, member: Member) -> None:
    mail_in = letter(member, reply_address(member.pk, answer.pk))
    mail_in.replace_header("From", "Eve <eve@example.com>")
    assert refused(mail_in.as_bytes(), member, OTHER_SENDER)
    assert mail.outbox[0].extra_headers["Auto-Submitted"] == "auto-replied"
    assert mail.outbox[0].extra_headers["In-Reply-To"] == "<one@example.com>"


def test_an_address_is_good_for_90_days(answer: Post, member: Member) -> None:
    address = reply_address(member.pk, answer.pk)
    with time_machine.travel(timezone.now() + timedelta(days=89), tick=False):
        assert receive(letter(member, address).as_bytes()).outcome == Outcome.POSTED
    with time_machine.travel(timezone.now() + timedelta(days=92), tick=False):
        assert refused(letter(member, address, name="two").as_bytes(), member, OLD_ADDRESS)


def test_an_address_cannot_be_guessed(answer: Post, member: Member, regular: Member) -> None:
    good = reply_address(member.pk, answer.pk)
    assert place_in(good.upper()) is not None
    name, _, signature = good.partition("@")[0].rpartition("-")
    forged = [f"{name}-{'a' * 20}@talk.example.com", good.replace("+", "+1"), f"{name}-{signature}@evil.example"]
    for address in (*forged, "reply+0-0-0-x@talk.example.com", "reply+----@talk.example.com"):
        assert place_in(address) is None
    assert refused(letter(member, forged[0]).as_bytes(), member, OLD_ADDRESS)


@pytest.mark.parametrize(("text", "why"), [("> quoted only", NOTHING_SAID), ("Ok.", "at least 5 characters")])
def test_too_little_is_refused(text: str, why: str, answer: Post, member: Member) -> None:
    assert refused(letter(member, reply_address(member.pk, answer.pk), text).as_bytes(), member, why)


def test_what_has_gone_cannot_be_answered(answer: Post, member: Member) -> None:
    set_status(answer, Status.REMOVED)
    assert refused(letter(member, reply_address(member.pk, answer.pk)).as_bytes(), member, GONE)


def test_a_closed_question_takes_none(opening: Post, regular: Member) -> None:
    Thread.objects.update(closed_at=timezone.now())
    raw = letter(regular, reply_address(regular.pk, opening.pk)).as_bytes()
    assert refused(raw, regular, "takes no further answers")
    assert WORDS in mail.outbox[0].body


def test_the_rates_of_the_page_hold(answer: Post, member: Member) -> None:
    address = reply_address(member.pk, answer.pk)
    receive(letter(member, address).as_bytes())
    assert refused(letter(member, address, "And once more something else.", "two").as_bytes(), member, "Try again")


def test_a_new_members_link_waits_for_a_moderator(opening: Post, new_member: Member) -> None:
    text = "See www.example.com for a good detergent."
    receive(letter(new_member, reply_address(new_member.pk, opening.pk), text).as_bytes())
    assert Post.objects.get(author=new_member).status == Status.HELD


@pytest.mark.parametrize(
    "headers",
    [
        {"Auto_Submitted": "auto-replied"}, {"Precedence": "bulk"}, {"List_Id": "<x.example.com>"},
        {"Return_Path": "<>"}, {"X_Autoreply": "yes"},
    ],
)  # fmt: skip
def test_machines_are_neither_posted_nor_answered(headers: dict[str, str], answer: Post, member: Member) -> None:
    noted = receive(letter(member, reply_address(member.pk, answer.pk), **headers).as_bytes())
    assert noted.outcome == Outcome.IGNORED
    assert not mail.outbox


def test_strangers_get_no_answer(answer: Post, member: Member) -> None:
    mail_in = letter(member, "reply+nonsense@talk.example.com")
    mail_in.replace_header("From", "mailer-daemon@example.com")
    assert receive(mail_in.as_bytes()).outcome == Outcome.IGNORED
    mail_in.replace_header("From", "eve@example.com")
    mail_in.replace_header("Message-ID", "<two@example.com>")
    assert receive(mail_in.as_bytes()).outcome == Outcome.IGNORED
    assert not mail.outbox


def test_a_machine_that_never_tires_is_told_ten_times_a_day(answer: Post, member: Member) -> None:
    for nth in range(14):
        receive(letter(member, reply_address(member.pk, answer.pk), "Ok.", f"n{nth}").as_bytes())
    assert len(mail.outbox) == 10


@pytest.mark.parametrize(
    ("results", "outcome"),
    [
        ("mx.talk.example.com; dmarc=fail header.from=example.com", Outcome.IGNORED),
        ("mx.talk.example.com; spf=fail smtp.mailfrom=evil.example; dkim=none", Outcome.IGNORED),
        ("mx.talk.example.com; dkim=fail header.d=example.com; spf=none", Outcome.IGNORED),
        ("mx.talk.example.com; dkim=pass header.d=evil.example; spf=fail smtp.mailfrom=example.com", Outcome.IGNORED),
        ("mx.talk.example.com; dkim=pass header.d=example.com; spf=softfail", Outcome.POSTED),
        ("mx.talk.example.com; spf=pass smtp.mailfrom=mara@example.com; dkim=none", Outcome.POSTED),
        ("mx.talk.example.com; dmarc=pass (p=none) header.from=example.com; spf=fail", Outcome.POSTED),
        ("mx.talk.example.com; dmarc=none header.from=example.com; dkim=pass header.d=example.com", Outcome.POSTED),
        ("mx.talk.example.com; dmarc=none header.from=example.com; spf=fail; dkim=none", Outcome.IGNORED),
        ("somebody.else; dmarc=fail", Outcome.POSTED),
    ],
)
def test_what_our_mail_server_found_is_respected(results: str, outcome: str, answer: Post, member: Member) -> None:
    raw = letter(member, reply_address(member.pk, answer.pk), Authentication_Results=results).as_bytes()
    assert receive(raw).outcome == outcome
    assert not mail.outbox


def post_in(raw: bytes, *, secret: str = SECRET, recipient: str = "") -> Any:
    signature = sign(raw, secret=secret, at=int(time.time()))
    headers = {HEADER: signature, "X-Recipient": recipient}
    return Client(enforce_csrf_checks=True).post("/mail/in/", raw, content_type="message/rfc822", headers=headers)


def test_the_door_takes_signed_mail_alone(answer: Post, member: Member) -> None:
    raw = letter(member, "undisclosed").as_bytes()
    assert post_in(raw, secret="another-secret-of-somebody-else-here").status_code == 403
    answered = post_in(raw, recipient=reply_address(member.pk, answer.pk))
    assert answered.json() == {"outcome": "posted", "detail": ""}
    assert post_in(b"").status_code == 400


def test_a_mail_with_a_large_photo_gets_through_the_door(opening: Post, regular: Member) -> None:
    mail_in = letter(regular, reply_address(regular.pk, opening.pk))
    mail_in.add_attachment(drawing((1400, 1400)), maintype="image", subtype="png", filename="dry.png")
    assert post_in(mail_in.as_bytes()).json()["outcome"] == "posted"
    assert LARGEST > 5 * 4 / 3 * 4_000_000


@pytest.mark.parametrize(
    "raw",
    [
        b"\x00", b"From: \xff\xfe\r\n\r\n\xff",
        b"From: mara@example.com\r\nContent-Type: text/plain; charset=odd\r\n\r\nHi",
        b"Content-Type: multipart/mixed; boundary=a\r\n\r\n" + b"--a\r\n\r\nx\r\n" * 5000,
        b"From: =?utf-8?q?=00?= <mara@example.com>\r\nSubject: =?odd?b?x?=\r\n\r\n\x00",
        b"From: mara@example.com\r\nContent-Type: text/plain; charset=idna\r\n\r\nHi",
        b"From: mara@example.com\r\nContent-Type: text/plain; charset=\"\x00\"\r\n\r\nHi",
        b"From: mara@example.com\r\nContent-Type: text/plain; charset=unicode_escape\r\n\r\n\\ud800",
        b"From: " + b"(" * 30_000 + b"\r\n\r\nHi",
        b"From: mara@example.com\r\n" + b"Content-Type: message/rfc822\r\n\r\n" * 3000,
    ],
)  # fmt: skip
def test_odd_mail_harms_nothing(raw: bytes, member: Member) -> None:
    assert post_in(raw).status_code == 200


def test_the_pipe_of_a_mail_server(answer: Post, member: Member, monkeypatch: pytest.MonkeyPatch) -> None:
    raw, said = letter(member, "undisclosed").as_bytes(), io.StringIO()
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(BytesIO(raw)))
    call_command("receive_mail", to=reply_address(member.pk, answer.pk), stdout=said)
    assert said.getvalue().strip() == "Posted"
