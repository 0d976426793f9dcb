"""Consent: an append-only log whose newest entry holds."""

import pytest
from django.core.exceptions import ValidationError

from community.members.consenting import WORDINGS, give_consent, has_consent, withdraw_consent
from community.members.models import Consent, Member

DIGEST = {"channel": Consent.Channel.MAIL, "purpose": Consent.Purpose.DIGEST}


def test_nobody_has_consented_by_taking_part(member: Member) -> None:
    assert not has_consent(member, **DIGEST)


def test_the_newest_word_holds(member: Member) -> None:
    given = [give_consent(by=member, source="profile", **DIGEST) for _ in range(2)]
    assert (given, has_consent(member, **DIGEST)) == ([True, False], True)
    withdrawn = [withdraw_consent(by=member, source="profile", **DIGEST) for _ in range(2)]
    assert (withdrawn, has_consent(member, **DIGEST)) == ([True, False], False)
    assert list(member.consents.values_list("is_given", flat=True)) == [False, True]


def test_a_yes_to_one_thing_is_no_yes_to_another(member: Member) -> None:
    give_consent(by=member, source="profile", **DIGEST)
    assert not has_consent(member, Consent.Channel.MAIL, Consent.Purpose.MARKETING)
    assert not has_consent(member, Consent.Channel.MESSAGE, Consent.Purpose.DIGEST)


def test_what_they_agreed_to_is_noted(member: Member) -> None:
    give_consent(by=member, source="profile", **DIGEST)
    assert member.consents.get().wording_version == WORDINGS[Consent.Purpose.DIGEST][0]
    assert set(WORDINGS) == set(Consent.Purpose)


def test_the_log_is_never_changed(member: Member) -> None:
    give_consent(by=member, source="profile", **DIGEST)
    entry = member.consents.get()
    entry.is_given = False
    with pytest.raises(ValidationError, match="cannot be changed"):
        entry.save()
