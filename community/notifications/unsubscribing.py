"""Stopping mail from a link in a letter, without signing in (RFC 8058): the link is signed and names one person."""

from dataclasses import dataclass

from django.core.signing import BadSignature, dumps, loads
from django.urls import reverse

from community.members.models import Member
from community.notifications.models import MailPreference, Subscription
from community.threads.models import Thread

SALT = "community.notifications.unsubscribe"
KINDS = ("answers", "accepted", "company", "mentions")


@dataclass(frozen=True)
class Letter:
    """Whom a letter went to, and about which thread."""

    member: Member
    thread: Thread | None

    @property
    def gets_mail(self) -> bool:
        return any(getattr(preference_of(self.member), kind) for kind in KINDS)

    @property
    def is_muted(self) -> bool:
        muted = Subscription.objects.muted().filter(member=self.member, thread=self.thread)
        return self.thread is not None and muted.exists()

    @property
    def address(self) -> str:
        """The mail address, enough of it to be recognised by its owner alone."""
        name, _, host = self.member.email.partition("@")
        return f"{name[:1]}…@{host}"


def address_for(member: Member, thread: Thread) -> str:
    """The path of the page that stops mail. Holds for ever: old letters are read late."""
    return reverse("unsubscribe", args=[dumps([member.pk, thread.pk], salt=SALT)])


def letter_of(token: str) -> Letter | None:
    """None for a token that is not ours, or whose member has gone."""
    try:
        member_id, thread_id = loads(token, salt=SALT)
    except (BadSignature, ValueError, TypeError):
        return None
    member = Member.objects.filter(pk=member_id, is_active=True).select_related("mail_preference").first()
    if member is None:
        return None
    return Letter(member, Thread.objects.visible_to(member).filter(pk=thread_id).first())


def preference_of(member: Member) -> MailPreference:
    """The member's choice, or, unsaved, the one that holds without any."""
    return getattr(member, "mail_preference", None) or MailPreference(member=member)


def stop_all(*, by: Member) -> bool:
    """No more mail about what happens here, but for moderators' decisions. False if so already."""
    return _set_all(by, False)


def resume_all(*, by: Member) -> bool:
    return _set_all(by, True)


def _set_all(member: Member, wanted: bool) -> bool:
    preference, _ = MailPreference.objects.get_or_create(member=member)
    if all(getattr(preference, kind) == wanted for kind in KINDS):
        return False
    MailPreference.objects.filter(member=member).update(**dict.fromkeys(KINDS, wanted))
    return True
