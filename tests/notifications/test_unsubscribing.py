"""Stopping mail: from a letter without signing in, or on the page of one's account."""

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from community.members.models import Member
from community.notifications.following import is_following
from community.notifications.models import MailPreference
from community.notifications.unsubscribing import KINDS, choose_digest, token_for, wants_digest
from community.threads.models import Status, Thread

As = Callable[[Member | None], Client]


@pytest.fixture
def address(member: Member, question: Thread) -> str:
    return reverse("unsubscribe", args=[token_for(member, question)])


@pytest.fixture
def outside() -> Client:
    """A mail program, or a browser without any cookie."""
    return Client(enforce_csrf_checks=True)


def wants(member: Member) -> set[bool]:
    preference = MailPreference.objects.filter(member=member).first() or MailPreference()
    return {getattr(preference, kind) for kind in KINDS}


def test_opening_the_link_changes_nothing(address: str, outside: Client, member: Member) -> None:
    page = outside.get(address)
    assert page.status_code == 200
    assert "m…@example.com" in page.content.decode()
    assert page["X-Robots-Tag"] == "noindex"
    assert "no-store" in page["Cache-Control"]
    assert wants(member) == {True}
    assert not MailPreference.objects.exists()


def test_a_mail_program_unsubscribes_with_one_click(address: str, outside: Client, member: Member) -> None:
    for _ in range(2):
        response = outside.post(address, {"List-Unsubscribe": "One-Click"})
        assert (response.status_code, response.content) == (200, b"Unsubscribed.")
    assert wants(member) == {False}


def test_a_person_stops_one_conversation_and_takes_it_back(
    address: str, outside: Client, member: Member, question: Thread
) -> None:
    assert outside.post(address, {"what": "thread"}).url == address
    assert not is_following(member, thread=question)
    assert "This conversation is quiet now" in outside.get(address).content.decode()
    outside.post(address, {"what": "unmute"})
    assert is_following(member, thread=question)
    assert wants(member) == {True}


def test_a_person_stops_all_mail_and_takes_it_back(address: str, outside: Client, member: Member) -> None:
    outside.post(address, {"what": "all"})
    assert wants(member) == {False}
    assert "send me mail again" in outside.get(address).content.decode()
    outside.post(address, {"what": "resume"})
    assert wants(member) == {True}


@pytest.mark.parametrize("what", ["", "everything", "\x00", "x" * 10_000])
def test_any_other_word_stops_all_mail(what: str, address: str, outside: Client, member: Member) -> None:
    assert outside.post(address, {"what": what}).status_code == 302
    assert wants(member) == {False}


@pytest.mark.parametrize("token", ["nonsense", "WzEsMV0:1xUuFd:forged", "é", "a" * 2000])
def test_a_forged_link_leads_nowhere(token: str, outside: Client, member: Member) -> None:
    for send in (outside.get, outside.post):
        assert send(f"/notifications/unsubscribe/{token}/").status_code == 404
    assert wants(member) == {True}


def test_one_persons_link_does_nothing_to_another(address: str, outside: Client, other_member: Member) -> None:
    outside.post(address, {"what": "all"})
    assert wants(other_member) == {True}


def test_a_hidden_threads_title_is_not_told(address: str, outside: Client, question: Thread, member: Member) -> None:
    Thread.objects.filter(pk=question.pk).update(status=Status.WITHDRAWN)
    page = outside.get(address).content.decode()
    assert question.title not in page
    assert outside.post(address, {"what": "thread"}).status_code == 302


def test_a_closed_accounts_link_is_gone(address: str, outside: Client, member: Member) -> None:
    Member.objects.filter(pk=member.pk).update(is_active=False)
    assert outside.get(address).status_code == 404


def test_a_member_chooses_which_mail_comes(member: Member, as_: As) -> None:
    client = as_(member)
    page = client.get("/notifications/mail/").content.decode()
    assert page.count(" checked") == 4
    assert client.post("/notifications/mail/", {"answers": "on", "company": "on"}).url == "/notifications/mail/"
    preference = MailPreference.objects.get(member=member)
    at_the_desk = True  # not asked: it stays as it was
    assert [getattr(preference, kind) for kind in KINDS] == [True, False, True, False, at_the_desk]
    assert client.get("/notifications/mail/").content.decode().count(" checked") == 2


def test_a_stranger_signs_in_to_choose(client: Client, db: None) -> None:
    assert client.get("/notifications/mail/").url == "/accounts/login/?next=/notifications/mail/"


def test_mail_is_chosen_from_a_letter_without_signing_in(member: Member, question: Thread, outside: Client) -> None:
    address = f"/notifications/mail/{token_for(member, question)}/"
    page = outside.get(address)
    assert page.content.decode().count(" checked") == 4
    assert member.email not in page.content.decode()
    assert (page["X-Robots-Tag"], page["Referrer-Policy"]) == ("noindex", "no-referrer")
    assert not MailPreference.objects.exists()
    assert outside.post(address, {"mentions": "on", "digest": "on"}).url == address
    preference = MailPreference.objects.get(member=member)
    assert [getattr(preference, kind) for kind in KINDS] == [False, False, False, True, True]
    assert wants_digest(member)


def test_a_forged_link_chooses_nothing(outside: Client, member: Member) -> None:
    for send in (outside.get, outside.post):
        assert send("/notifications/mail/WzEsMV0:1xUuFd:forged/").status_code == 404


def test_stopping_all_stops_the_digest_too(address: str, outside: Client, member: Member) -> None:
    choose_digest(by=member, wanted=True, source="test")
    outside.post(address, {"List-Unsubscribe": "One-Click"})
    assert not wants_digest(member)
