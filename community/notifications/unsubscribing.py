"""Stopping mail from a link in a letter, without signing in (RFC 8058): the link is signed and names one person."""

from dataclasses import dataclass

from django.core.signing import BadSignature, dumps, loads

from community.members.consenting import give_consent, has_consent, withdraw_consent
from community.members.models import Consent, Member
from community.notifications.models import MailPreference, Subscription
from community.threads.models import Thread

DIGEST_MARK, PAGE_MARK = 0, -1  # instead of a thread's number
SALT = "community.notifications.unsubscribe"
KINDS = ("answers", "accepted", "company", "mentions", "desk")
DIGEST = {"channel": Consent.Channel.MAIL, "purpose": Consent.Purpose.DIGEST}


@dataclass(frozen=True)
class Letter:
    """Whom a letter went to, and about which thread; a digest is about none, nor is a letter about another page."""

    member: Member
    thread: Thread | None
    is_digest: bool = False

    @property
    def gets_mail(self) -> bool:
        return any(getattr(preference_of(self.member), kind) for kind in KINDS)

    @property
    def gets_digest(self) -> bool:
        return wants_digest(self.member)

    @property
    def is_muted(self) -> bool:
        muted = Subscription.objects.muted().filter(member=self.member, thread=self.thread)
        return self.thread is not None and muted.exists()

    @property
    def address(self) -> str:
        """The mail address, enough of it to be recognised by its owner alone."""
        name, _, host = self.member.email.partition("@")
        return f"{name[:1]}…@{host}"


def token_for(member: Member, thread: Thread | None, *, is_digest: bool = True) -> str:
    """Names whom a letter went to and what it was about (no thread: a digest, or a page that is no thread's).

    Holds for ever: old letters are read late.
    """
    about = thread.pk if thread else DIGEST_MARK if is_digest else PAGE_MARK
    return dumps([member.pk, about], salt=SALT)


def letter_of(token: str) -> Letter | None:
    """None for a token that is not ours, or whose member has gone."""
    try:
        member_id, thread_id = loads(token, salt=SALT)
    except (BadSignature, ValueError, TypeError):
        return None
    member = Member.objects.filter(pk=member_id, is_active=True).select_related("mail_preference").first()
    if member is None:
        return None
    return Letter(
        member, Thread.objects.visible_to(member).filter(pk=thread_id).first(), is_digest=thread_id == DIGEST_MARK
    )


def preference_of(member: Member) -> MailPreference:
    """The member's choice, or, unsaved, the one that holds without any."""
    return getattr(member, "mail_preference", None) or MailPreference(member=member)


def wants_digest(member: Member) -> bool:
    return has_consent(member, **DIGEST)


def choose_digest(*, by: Member, wanted: bool, source: str) -> bool:
    """Say yes or no to the weekly digest; `source`: where. False if it was so already."""
    return (give_consent if wanted else withdraw_consent)(by=by, source=source, **DIGEST)


def stop_all(*, by: Member) -> bool:
    """No more mail about what happens here, but for moderators' decisions. False if so already."""
    is_new = choose_digest(by=by, wanted=False, source="link in a letter")
    return _set_all(by, False) or is_new


def resume_all(*, by: Member) -> bool:
    """All mail again but for the digest, which is asked for by itself."""
    return _set_all(by, True)


def _set_all(member: Member, wanted: bool) -> bool:
    preference, _ = MailPreference.objects.get_or_create(member=member)
    if all(getattr(preference, kind) == wanted for kind in KINDS):
        return False
    MailPreference.objects.filter(member=member).update(**dict.fromkeys(KINDS, wanted))
    return True
