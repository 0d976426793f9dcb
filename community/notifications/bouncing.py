"""Mail that came back or was reported as spam: when it is too much, nothing more is sent until the member says so."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from community.members.models import Member
from community.notifications.models import MailPreference, MailTrouble, SentMail

WEIGHTS = {MailTrouble.Kind.SOFT: 1, MailTrouble.Kind.HARD: 2, MailTrouble.Kind.COMPLAINT: 4}
STOP_AT = 4
FORGOTTEN_AFTER = timedelta(days=30)


@dataclass(frozen=True)
class Event:
    """What a mail service told. `message_id` (ours, without brackets) names the letter; else `address` the member."""

    id: str
    kind: str
    address: str = ""
    message_id: str = ""
    detail: str = ""


def note_events(events: Iterable[Event]) -> int:
    """Note those that are new and about somebody we know. Returns how many."""
    return sum(_note_one(event) for event in events)


@transaction.atomic
def _note_one(event: Event) -> bool:
    member = _member_of(event)
    if member is None:
        return _note_for_address(event)
    Member.objects.select_for_update(no_key=True).values_list("pk").get(pk=member.pk)  # two at once add up
    _, is_new = MailTrouble.objects.get_or_create(
        event_id=event.id, defaults={"member": member, "kind": event.kind, "detail": event.detail[:500]}
    )
    if is_new and score_of(member) >= STOP_AT:
        _stop(member, event.kind)
    return is_new


def score_of(member: Member, now: datetime | None = None) -> int:
    """Of the last 30 days, and since the member asked for mail again: soft 1, hard 2, a complaint 4."""
    since = (now or timezone.now()) - FORGOTTEN_AFTER
    resumed = MailPreference.objects.filter(member=member).values_list("resumed_at", flat=True).first()
    return _weigh(MailTrouble.objects.filter(member=member).since(max(since, resumed or since)))


def score_of_address(address: str, now: datetime | None = None) -> int:
    """The same for who has no account: 4 or more, and nothing is sent there."""
    since = (now or timezone.now()) - FORGOTTEN_AFTER
    return _weigh(MailTrouble.objects.filter(member=None, address=address.lower()).since(since))


def _weigh(troubles: QuerySet[MailTrouble]) -> int:
    return sum(WEIGHTS[MailTrouble.Kind(kind)] for kind in troubles.values_list("kind", flat=True))


def _note_for_address(event: Event) -> bool:
    """Of mail to somebody without an account. Only what we sent can come back."""
    sent = SentMail.objects.filter(member=None).exclude(address="")
    by_name = (
        sent.filter(message_id=event.message_id) if event.message_id else sent.filter(address=event.address.lower())
    )
    letter = by_name.first()
    if letter is None or (event.address and letter.address != event.address.lower()):
        return False
    what = {"address": letter.address, "kind": event.kind, "detail": event.detail[:500]}
    return MailTrouble.objects.get_or_create(event_id=event.id, defaults=what)[1]


@transaction.atomic
def resume(*, by: Member) -> bool:
    """Send mail again: the member says that the address works. False if none was stopped."""
    stopped = MailPreference.objects.filter(member=by, stopped_at__isnull=False)
    return bool(stopped.update(stopped_at=None, stopped_because="", resumed_at=timezone.now()))


def _stop(member: Member, kind: str) -> None:
    is_complaint = kind == MailTrouble.Kind.COMPLAINT
    why = MailPreference.Stop.COMPLAINT if is_complaint else MailPreference.Stop.BOUNCES
    preference, _ = MailPreference.objects.get_or_create(member=member)
    if preference.stopped_at is None:
        MailPreference.objects.filter(member=member).update(stopped_at=timezone.now(), stopped_because=why)


def _member_of(event: Event) -> Member | None:
    """Whose letter it was; an address counts only while it is theirs, so that a new one starts clean."""
    if event.message_id:
        sent = SentMail.objects.filter(message_id=event.message_id).select_related("member").first()
        if sent is not None and sent.member is None:
            return None
        if sent is not None and sent.member is not None:
            is_theirs = not event.address or sent.member.email.lower() == event.address.lower()
            return sent.member if is_theirs else None
    return Member.objects.filter(email__iexact=event.address).first() if event.address else None
