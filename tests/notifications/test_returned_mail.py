"""Mail that came back or was reported as spam: who may tell us, what it counts, when mail stops, how it goes on."""

import json
import time
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from community.members.models import Member
from community.notifications.bouncing import score_of
from community.notifications.mailing import may_be_written_to, purge_log, send_due_mail
from community.notifications.models import MailPreference, MailTrouble, SentMail
from community.notifications.unsubscribing import token_for
from community.notifications.webhook_signature import HEADER, sign
from community.threads.models import Post, Thread
from tests.notifications.test_mail import ten_minutes_pass

As = Callable[[Member | None], Client]
SECRET = "a-secret-of-the-mail-server-for-tests"


@pytest.fixture(autouse=True)
def _introduced(settings: Any) -> None:
    settings.MAIL_WEBHOOK_SECRET = SECRET


def told(*events: dict[str, Any], at: int | None = None, secret: str = SECRET, body: bytes | None = None) -> Any:
    sent = json.dumps({"events": events}).encode() if body is None else body
    signature = sign(sent, secret=secret, at=int(time.time()) if at is None else at)
    headers = {HEADER: signature}
    client = Client(enforce_csrf_checks=True)
    return client.post("/mail/events/", sent, content_type="application/json", headers=headers)


def event(name: str, kind: str = "hard", **more: str) -> dict[str, str]:
    return {"id": name, "kind": kind, "address": "mara@example.com"} | more


def reader(member: Member) -> Member:
    return Member.objects.get(pk=member.pk)


def test_two_hard_returns_stop_mail(member: Member, answer: Post) -> None:
    assert told(event("a")).json() == {"noted": 1}
    assert may_be_written_to(reader(member))
    told(event("b"))
    assert not may_be_written_to(reader(member))
    ten_minutes_pass()
    assert send_due_mail() == 0


def test_four_soft_returns_stop_mail(member: Member) -> None:
    for nth in range(3):
        told(event(f"s{nth}", "soft"))
    assert may_be_written_to(reader(member))
    told(event("s3", "soft"))
    assert MailPreference.objects.get(member=member).stopped_because == "bounces"


def test_one_complaint_stops_mail(member: Member) -> None:
    told(event("c", "complaint"))
    assert MailPreference.objects.get(member=member).stopped_because == "complaint"


def test_an_event_told_twice_counts_once(member: Member) -> None:
    assert [told(event("a")).json()["noted"] for _ in range(3)] == [1, 0, 0]
    assert score_of(member) == 2


def test_what_came_back_a_month_ago_is_forgotten(member: Member) -> None:
    told(event("a"))
    MailTrouble.objects.update(at=timezone.now() - timedelta(days=31))
    told(event("b"))
    assert may_be_written_to(reader(member))


@pytest.mark.parametrize(
    ("at", "secret"),
    [(0, SECRET), (int(time.time()) - 301, SECRET), (None, "another-secret-of-somebody-else-here")],
    ids=["long ago", "five minutes ago", "another secret"],
)
def test_a_forged_or_old_signature_is_refused(at: int | None, secret: str, member: Member) -> None:
    assert told(event("a"), at=at, secret=secret).status_code == 403
    assert not MailTrouble.objects.exists()


@pytest.mark.parametrize("header", ["", "t=", "v1=x", "t=1,v1=é", "t=99999999999999999999,v1=a", "nonsense,,="])
def test_an_odd_signature_is_refused(header: str, db: None) -> None:
    headers = {HEADER: header} if header else {}
    assert Client().post("/mail/events/", b"{}", content_type="text/plain", headers=headers).status_code == 403


def test_without_a_secret_nobody_can_tell(settings: Any, member: Member) -> None:
    settings.MAIL_WEBHOOK_SECRET = ""
    assert told(event("a"), secret="").status_code == 404


@pytest.mark.parametrize(
    "body",
    [
        b"", b"[]", b"{}", b'{"events": 3}', b'{"events": [3]}', b'{"events": [{"kind": "odd", "id": "a"}]}',
        b'{"events": [{"kind": "hard", "id": ""}]}', b'{"events": [{"kind": "hard", "id": "a\\u0000"}]}',
        b'{"events": [{"kind": "hard", "id": "a", "address": ["x"]}]}', b"\xff", b"[" * 5000,
    ],
)  # fmt: skip
def test_what_is_no_event_is_refused(body: bytes, db: None) -> None:
    assert told(body=body).status_code == 400


def test_a_letter_is_known_by_its_name(member: Member, answer: Post) -> None:
    ten_minutes_pass()
    send_due_mail()
    name = mail.outbox[0].extra_headers["Message-ID"]
    assert told({"id": "a", "kind": "hard", "message_id": name}).json() == {"noted": 1}
    assert MailTrouble.objects.get().member == member


def test_an_address_nobody_has_any_more_harms_nobody(member: Member, answer: Post) -> None:
    ten_minutes_pass()
    send_due_mail()
    name = mail.outbox[0].extra_headers["Message-ID"]
    Member.objects.filter(pk=member.pk).update(email="new@example.com")
    assert told(event("a", message_id=name)).json() == {"noted": 0}
    assert told(event("b", address="nobody@example.com")).json() == {"noted": 0}


def test_the_member_reads_why_and_has_mail_sent_again(member: Member, as_: As) -> None:
    told(event("c", "complaint"))
    client = as_(member)
    page = client.get("/notifications/mail/").content.decode()
    assert "We have stopped sending you mail" in page
    assert "was reported as spam" in page
    assert client.post("/notifications/mail/resume/").url == "/notifications/mail/"
    assert may_be_written_to(reader(member))
    assert "We have stopped" not in client.get("/notifications/mail/").content.decode()
    told(event("d"))  # what was before counts no more
    assert may_be_written_to(reader(member))


def test_mail_is_sent_again_from_a_link_without_signing_in(member: Member, question: Thread, client: Client) -> None:
    told(event("c", "complaint"))
    page = reverse("unsubscribe", args=[token_for(member, question)])
    assert client.post(page, {"what": "deliver"}).status_code == 302
    assert may_be_written_to(reader(member))


def test_what_left_is_noted_and_forgotten_after_90_days(member: Member, answer: Post) -> None:
    ten_minutes_pass()
    send_due_mail()
    assert SentMail.objects.get().member == member
    assert purge_log() == 0
    SentMail.objects.update(sent_at=timezone.now() - timedelta(days=91))
    assert purge_log() == 1
