"""Consent to one personal message after a long absence: whether it stands, and taking it back from a letter.

“Do not write to me again”, from a letter: the link is signed and names one member; it works without signing in.
"""

from django.core.signing import BadSignature, dumps, loads
from django.urls import reverse

from community.members.consenting import has_consent, withdraw_consent
from community.members.models import Consent, Member

SALT = "staff.former.stopping"


CONSENT = {"channel": Consent.Channel.MAIL, "purpose": Consent.Purpose.REACTIVATION}


def may_write(member: Member) -> bool:
    """Does the member allow it by mail, as of now? Taking part in the forum is no consent."""
    return has_consent(member, **CONSENT)


def stop(*, by: Member) -> bool:
    """Take the consent back. False if none stood."""
    return withdraw_consent(by=by, source="link in a letter", **CONSENT)


def stopping_path(member: Member) -> str:
    """Holds for ever: old letters are read late."""
    return reverse("no_more_personal_letters", args=[dumps(member.pk, salt=SALT)])


def member_of(token: str) -> Member | None:
    """None for a token that is not ours, or whose member has gone."""
    try:
        return Member.objects.filter(pk=loads(token, salt=SALT), is_active=True).first()
    except (BadSignature, ValueError, TypeError):
        return None
