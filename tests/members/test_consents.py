"""What a member allows: one page, an append-only log, and nothing by taking part."""

from collections.abc import Callable

import pytest
from django.core.exceptions import ValidationError
from django.test import Client

from community.members.consenting import stands, withdraw_consent
from community.members.models import Consent, Member
from community.threads.models import Thread

As = Callable[[Member | None], Client]


def test_taking_part_allows_nothing(question: Thread, member: Member) -> None:
    """Rule 12."""
    assert not Consent.objects.filter(member=member).exists()
    for purpose in ("digest", "marketing", "reactivation"):
        assert not stands(member, "mail", purpose)


def test_each_purpose_and_way_is_given_and_taken_back_by_itself(member: Member, as_: As) -> None:
    client = as_(member)
    client.post("/consents/", {"reactivation-mail": "on", "follow_up-mail": "on", "invitation-mail": "on"})
    assert stands(member, "mail", "reactivation") and not stands(member, "message", "reactivation")
    client.post("/consents/", {"reactivation-message": "on", "follow_up-mail": "on", "invitation-mail": "on"})
    assert not stands(member, "mail", "reactivation") and stands(member, "message", "reactivation")
    said = list(Consent.objects.filter(member=member).order_by("pk").values_list("channel", "is_given"))
    assert said == [("mail", True), ("mail", False), ("message", True)]


def test_each_entry_says_which_words_and_where(member: Member, as_: As) -> None:
    as_(member).post("/consents/", {"marketing-mail": "on", "follow_up-mail": "on", "invitation-mail": "on"})
    entry = Consent.objects.get(member=member)
    assert (entry.wording_version, entry.source) == ("2026-11", "page “What you allow”")
    entry.is_given = False
    with pytest.raises(ValidationError):
        entry.save()


def test_saving_again_notes_nothing(member: Member, as_: As) -> None:
    for _ in range(2):
        as_(member).post("/consents/", {"marketing-mail": "on", "follow_up-mail": "on", "invitation-mail": "on"})
    assert Consent.objects.filter(member=member).count() == 1


def test_what_is_asked_once_is_done_unless_refused(member: Member) -> None:
    assert stands(member, "mail", "follow_up")
    assert withdraw_consent(by=member, channel="mail", purpose="follow_up", source="test")
    assert not stands(member, "mail", "follow_up")


def test_the_page_shows_the_words_and_what_was_said(member: Member, as_: As) -> None:
    as_(member).post("/consents/", {"reactivation-mail": "on", "follow_up-mail": "on", "invitation-mail": "on"})
    page = as_(member).get("/consents/").content.decode()
    assert "Write to me personally if I have not been here for long." in page
    assert "What you said so far" in page and "2026-11" in page


def test_strangers_are_asked_to_sign_in(db: None, as_: As) -> None:
    assert "/accounts/login/" in as_(None).get("/consents/")["Location"]
