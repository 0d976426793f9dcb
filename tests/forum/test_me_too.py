"""“I have this question too”: once, by members and strangers, taken back at will."""

from collections.abc import Callable
from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.urls import reverse

from community.kept_pages import kept_pages
from community.members.limits import TooSoon
from community.members.models import Member
from community.threads.models import Thread
from forum.me_too import have_no_more, have_too
from forum.models import MeToo
from forum.strangers import COOKIE

As = Callable[[Member | None], Client]
SAY = "I have this question too"


def count(thread: Thread) -> int:
    thread.question.refresh_from_db()
    return thread.question.me_too_count


def say(client: Client, thread: Thread, name: str = "me_too", **headers: str) -> int:
    return client.post(reverse(name, args=[thread.pk]), headers=headers).status_code


def page(client: Client, thread: Thread) -> str:
    return client.get(thread.get_absolute_url()).content.decode()


def test_a_member_has_it_too_once_and_takes_it_back(question: Thread, other_member: Member) -> None:
    asked = question.question
    assert have_too(by=other_member, question=asked)
    assert not have_too(by=other_member, question=asked)
    assert count(question) == 1
    assert have_no_more(by=other_member, question=asked)
    assert not have_no_more(by=other_member, question=asked)
    assert count(question) == 0


def test_who_asked_has_it_already(question: Thread, member: Member, as_: As) -> None:
    with pytest.raises(PermissionDenied, match="your own"):
        have_too(by=member, question=question.question)
    assert SAY not in page(as_(member), question)


def test_a_member_sees_that_they_said_so_and_may_follow(question: Thread, other_member: Member, as_: As) -> None:
    have_too(by=uuid4(), question=question.question)
    client = as_(other_member)
    assert "1 person has it too" in page(client, question)
    assert say(client, question) == 302
    mine = page(client, question)
    assert "You have this question too, with 1 other." in mine and "Tell me of answers" in mine
    client.post(reverse("follow_thread", args=[question.pk]))
    assert "Tell me of answers" not in page(client, question)
    say(client, question, "not_me_too")
    assert SAY in page(client, question)


def test_a_stranger_says_so_without_session_or_token_and_once(question: Thread) -> None:
    client = Client(enforce_csrf_checks=True)
    assert SAY in page(client, question)
    say(client, question)
    say(client, question)
    assert count(question) == 1
    assert set(client.cookies) == {COOKIE}
    assert "You have this question too." in page(client, question)
    say(client, question, "not_me_too")
    assert count(question) == 0


def test_a_strangers_word_shows_on_no_page_of_others(question: Thread) -> None:
    client = Client()
    say(client, question)
    assert "You have this question too" in page(client, question)
    assert not kept_pages.sizes()
    assert "1 person has it too" in page(Client(), question) and "You have" not in page(Client(), question)


def test_a_forged_mark_is_no_mark(question: Thread) -> None:
    client = Client()
    client.cookies[COOKIE] = f"{uuid4()}:forged"
    say(client, question)
    assert count(question) == 1 and client.cookies[COOKIE].value.endswith("forged") is False


@pytest.mark.parametrize("sent", [{"Origin": "https://evil.example"}, {"Sec-Fetch-Site": "cross-site"}])
def test_another_site_cannot_say_it_for_a_stranger(question: Thread, sent: dict[str, str]) -> None:
    assert say(Client(), question, **sent) == 403
    assert say(Client(), question, Origin="http://testserver") == 302
    assert count(question) == 1


def test_another_site_cannot_say_it_for_a_member(question: Thread, other_member: Member) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(other_member, backend="django.contrib.auth.backends.ModelBackend")
    assert say(client, question) == 403
    assert not MeToo.objects.exists()


def test_one_address_says_it_ten_times_an_hour(question: Thread) -> None:
    assert [say(Client(), question) for _ in range(11)] == [302] * 10 + [429]
    assert count(question) == 10


def test_saying_and_taking_back_has_an_end(question: Thread, other_member: Member) -> None:
    for _ in range(10):
        have_too(by=other_member, question=question.question)
        have_no_more(by=other_member, question=question.question)
    have_too(by=other_member, question=question.question)
    with pytest.raises(TooSoon):
        have_no_more(by=other_member, question=question.question)


def test_signing_in_makes_it_the_members(question: Thread, other_member: Member) -> None:
    client = Client()
    say(client, question)
    client.post(reverse("account_login"), {"login": "tomas", "password": "a-good-long-password"})
    assert MeToo.objects.get().member == other_member
    assert "You have this question too." in page(client, question)


def test_who_said_it_twice_counts_once_after_signing_in(question: Thread, other_member: Member, as_: As) -> None:
    have_too(by=other_member, question=question.question)
    client = Client()
    say(client, question)
    assert count(question) == 2
    client.post(reverse("account_login"), {"login": "tomas", "password": "a-good-long-password"})
    assert count(question) == 1
