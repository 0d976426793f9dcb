"""Sends what is due: one letter a member and thread, ten minutes after the first thing in it happened.

While a person has paused what goes out (community.threads.pausing), letters wait, and leave when the pause is over.
Letters among colleagues don't wait: they are how the desk hears of it.

A letter is claimed by moving its time ten minutes on, before it is sent, and settled afterwards. So two workers never
send the same one, and one that dies in between leaves it to be sent later, under the same Message-ID.
"""

import logging
import time
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from smtplib import SMTPException

from allauth.account.models import EmailAddress
from django.core.mail import EmailMessage, get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.db import transaction
from django.utils import timezone

from community.members.models import Member
from community.notifications.audience import wants_no_mail
from community.notifications.bouncing import STOP_AT, score_of_address
from community.notifications.letters import compose
from community.notifications.models import MailTrouble, Notification, ReceivedMail, SentMail
from community.notifications.unsubscribing import preference_of
from community.threads.models import Thread
from community.threads.pausing import paused_lately, standing_pause

logger = logging.getLogger(__name__)
LEASE = timedelta(minutes=10)
GIVE_UP = timedelta(days=1)  # nobody wants to hear later that something happened
MOST_A_DAY = 100  # letters a member
SECONDS_A_RUN = 50
LOG_KEPT_FOR = timedelta(days=90)
ALWAYS = (Notification.Kind.DECISION, Notification.Kind.ACCEPTED)


def send_due_mail() -> int:
    """Send for at most 50 seconds; the next run goes on. Returns how many letters went out."""
    until, sent = time.monotonic() + SECONDS_A_RUN, 0
    due = Notification.objects.due(timezone.now()).order_by()
    if standing_pause(by_hand_only=True):
        due = due.filter(kind__in=Notification.AMONG_STAFF)
    places = due.values_list("member_id", "post__thread_id", "address").distinct()
    try:
        with get_connection() as connection:
            for member_id, thread_id, address in list(places):
                if time.monotonic() > until:
                    break
                sent += _send(connection, claim(member_id, thread_id, address, now=timezone.now()))
    except (OSError, SMTPException):
        logger.exception("The mail server can't be reached; what is due is tried again in a minute.")
    return sent


@transaction.atomic
def claim(member_id: int, thread_id: int | None, address: str = "", *, now: datetime) -> list[Notification]:
    """What one letter could tell, of a thread or (None) a page of ours; now ours for ten minutes.

    Empty if nothing is due, or another worker has it.
    """
    waiting = Notification.objects.select_for_update(of=("self",), skip_locked=True).awaiting_mail()
    rows = list(waiting.filter(member=member_id, post__thread=thread_id, address=address))
    if not any(row.mail_due_at and row.mail_due_at <= now for row in rows):
        return []
    claimed = Notification.objects.filter(pk__in=[row.pk for row in rows])
    claimed.update(mail_due_at=now + LEASE)
    return list(claimed.with_list_data().select_related("member__mail_preference").order_by("created_at", "pk"))


def _send(connection: BaseEmailBackend, claimed: Sequence[Notification]) -> bool:
    if is_held_back(claimed):
        return False
    worth = worth_a_letter(claimed)
    settle(set(claimed) - set(worth))
    if not worth:
        return False
    try:
        letter = compose(worth)
        connection.send_messages([letter])
    except (OSError, SMTPException):
        logger.exception("A letter to member %d could not be sent; it is tried again.", worth[0].member_id)
        return False
    settle(worth, mailed_at=timezone.now())
    log(letter, worth[0].member, worth[0].post.thread if worth[0].post else None)
    return True


def is_held_back(claimed: Sequence[Notification]) -> bool:
    """Asked when it is sent: what is paused now stays claimed, and is asked again in ten minutes."""
    if not claimed or claimed[0].kind in Notification.AMONG_STAFF:
        return False
    thread = claimed[0].post.thread if claimed[0].post else None
    return standing_pause(thread=thread, customer=claimed[0].member, by_hand_only=True) is not None


def log(letter: EmailMessage, member: Member | None, thread: Thread | None = None) -> None:
    """Note that `letter` left, to a member or to the address that it names. Sent twice it is noted once."""
    name = str(letter.extra_headers["Message-ID"]).strip("<>")
    address = "" if member else letter.to[0].lower()
    about = {"member": member, "address": address, "thread": thread, "subject": letter.subject[:200]}
    SentMail.objects.update_or_create(message_id=name, defaults=about)


def purge_log() -> int:
    """Delete what was noted of mail 90 days ago: sent, returned and received. Returns how many went."""
    before = timezone.now() - LOG_KEPT_FOR
    old = (
        SentMail.objects.filter(sent_at__lt=before),
        MailTrouble.objects.filter(at__lt=before),
        ReceivedMail.objects.filter(received_at__lt=before),
    )
    return sum(rows.delete()[0] for rows in old)


def settle(some: Iterable[Notification], *, mailed_at: datetime | None = None) -> None:
    """No mail is awaited for these any more. One letter's have one time, by which letters are counted."""
    rows = Notification.objects.filter(pk__in=[one.pk for one in some])
    rows.update(mail_due_at=None, **({"mailed_at": mailed_at} if mailed_at else {}))


def worth_a_letter(claimed: Sequence[Notification]) -> list[Notification]:
    """Those unread, still readable, wanted and not too old, of somebody whom we may write to."""
    if not claimed or not may_be_written_to(claimed[0].member):
        return []
    member, post = claimed[0].member, claimed[0].post
    shown = Notification.objects.shown_to(member).unread().filter(pk__in=[one.pk for one in claimed])
    readable = set(shown.values_list("pk", flat=True))
    is_quiet = post is not None and wants_no_mail(member, post.thread)
    oldest = _oldest(claimed)
    return [
        one
        for one in claimed
        if one.pk in readable
        and one.created_at > oldest
        and preference_of(member).wants(one.kind)
        and not (is_quiet and one.kind not in ALWAYS)
    ]


def _oldest(claimed: Sequence[Notification]) -> datetime:
    """From when on news is still news. The time for which a pause held it back doesn't count."""
    now, post = timezone.now(), claimed[0].post
    oldest = now - GIVE_UP
    if all(one.created_at > oldest for one in claimed):
        return oldest
    began = paused_lately(thread=post.thread if post else None, customer=claimed[0].member, within=GIVE_UP, now=now)
    return min(began, now) - GIVE_UP if began else oldest


def may_be_written_to(member: Member) -> bool:
    """An active account, its address not known to be unconfirmed or to send mail back, with less than 100 in a day."""
    if not member.is_active or member.is_unclaimed or member.erased_at or not member.email:
        return False
    if preference_of(member).stopped_at:
        return False
    if EmailAddress.objects.filter(user=member, email__iexact=member.email, verified=False).exists():
        return False
    return member.sent_mail.filter(sent_at__gt=timezone.now() - timedelta(days=1)).count() < MOST_A_DAY


def may_address_be_written_to(address: str) -> bool:
    """The same for somebody without an account: their mail doesn't come back, and less than 100 went in a day."""
    if score_of_address(address) >= STOP_AT:
        return False
    sent = SentMail.objects.filter(member=None, address=address.lower())
    return sent.filter(sent_at__gt=timezone.now() - timedelta(days=1)).count() < MOST_A_DAY
