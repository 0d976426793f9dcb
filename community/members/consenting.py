"""Saying yes or no to being contacted. Each is a line in a log that is never changed."""

from django.db import transaction

from community.members.models import Consent, Member

WORDINGS = {
    Consent.Purpose.DIGEST: ("2026-11", "Send me a weekly mail with what is new in what I follow."),
    Consent.Purpose.FOLLOW_UP: ("2026-11", "Ask me once, a day later, whether an answer helped."),
    Consent.Purpose.MARKETING: ("2026-11", "Send me news and offers of the brand."),
    Consent.Purpose.REACTIVATION: ("2026-11", "Write to me personally if I have not been here for long."),
    Consent.Purpose.INVITATION: ("2026-11", "Ask me what I think of what I bought, at most three mails a parcel."),
}
"""For each purpose its wording's version and the sentence people see. A new sentence is a new version."""


MAIL, MESSAGE = Consent.Channel.MAIL, Consent.Channel.MESSAGE
CHANNELS = {
    Consent.Purpose.DIGEST: (MAIL,),
    Consent.Purpose.FOLLOW_UP: (MAIL,),
    Consent.Purpose.MARKETING: (MAIL, MESSAGE),
    Consent.Purpose.REACTIVATION: (MAIL, MESSAGE),
    Consent.Purpose.INVITATION: (MAIL,),
}
"""For each purpose the ways in which it can be done, and so be allowed."""
UNLESS_REFUSED = (Consent.Purpose.FOLLOW_UP, Consent.Purpose.INVITATION)
"""Asked once about one's own matter: no marketing, so it is done unless somebody said no."""


def give_consent(*, by: Member, channel: str, purpose: str, source: str) -> bool:
    """Note that `by` said yes to today's wording. False if the newest entry says so already."""
    return _note(by, channel, purpose, source, is_given=True)


def withdraw_consent(*, by: Member, channel: str, purpose: str, source: str) -> bool:
    """Note that `by` said no. False if no consent stands."""
    return _note(by, channel, purpose, source, is_given=False)


def has_consent(member: Member, channel: str, purpose: str) -> bool:
    """Does the newest entry say yes? Ask when a message is sent, not when it is planned. One query."""
    return Consent.objects.newest(member, channel, purpose) is True


def stands(member: Member, channel: str, purpose: str) -> bool:
    """May it be done, as of now? As has_consent, but what is done unless refused needs no yes. One query."""
    newest = Consent.objects.newest(member, channel, purpose)
    return purpose in UNLESS_REFUSED if newest is None else newest


@transaction.atomic
def _note(by: Member, channel: str, purpose: str, source: str, *, is_given: bool) -> bool:
    Member.objects.select_for_update(no_key=True).values_list("pk").get(pk=by.pk)  # a double click is one entry
    if stands(by, channel, purpose) is is_given:
        return False
    version, _ = WORDINGS[Consent.Purpose(purpose)]
    Consent.objects.create(
        member=by, channel=channel, purpose=purpose, is_given=is_given, wording_version=version, source=source
    )
    return True
