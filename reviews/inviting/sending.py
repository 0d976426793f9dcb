"""Sends what is planned, and reminds: each mail leaves once.

A mail is claimed by one UPDATE that says it was sent, before it is sent. So two workers never send the same one, and
one that dies in between leaves it unsent: the reminder comes in its place. Only where the mail server refused it in so
many words is the claim taken back, and tried again ten minutes later under the same Message-ID.
"""

import logging
import time
from collections.abc import Mapping
from datetime import datetime, timedelta
from smtplib import SMTPException, SMTPRecipientsRefused
from typing import Any

from django.core.mail import EmailMessage, get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.db.models import F
from django.utils import timezone

from community.members.models import Member
from community.notifications.mailing import log
from community.threads.pausing import site_pause
from reviews.inviting.checking import look_again
from reviews.inviting.letters import compose
from reviews.inviting.owners import gets_mail_at
from reviews.models import Invitation

logger = logging.getLogger(__name__)
State = Invitation.State
LINKS_HOLD = timedelta(days=45)
LATER = timedelta(minutes=10)
LAST_CALL = timedelta(days=3)  # a reminder whose links expire sooner is none
SECONDS_A_RUN = 50
MOST_A_RUN = 2000
TIME_IS_UP = "Its links have expired"
NO_SUCH_ADDRESS = "The mail server knows no such address"


def send_due(now: datetime | None = None) -> int:
    """Send for at most 50 seconds; the next run goes on. Returns how many mails went out."""
    now, until, sent = now or timezone.now(), time.monotonic() + SECONDS_A_RUN, 0
    end_expired(now)
    if site_pause(now):
        return 0
    due = list(Invitation.objects.due(now).values_list("pk", flat=True)[:MOST_A_RUN])
    try:
        with get_connection() as connection:
            for pk in due:
                if time.monotonic() > until:
                    break
                sent += _send(connection, pk, now)
    except (OSError, SMTPException):
        logger.exception("The mail server can't be reached; invitations are tried again in some minutes.")
    return sent


def end_expired(now: datetime) -> int:
    over = Invitation.objects.filter(state=State.SENT, planned_for__lte=now, expires_at__lte=now)
    return over.update(state=State.ENDED, why_ended=TIME_IS_UP)


def end(invitation: Invitation, why: str) -> bool:
    """No mail follows. Links in what was sent stay good until they expire. False if it had ended."""
    running = Invitation.objects.filter(pk=invitation.pk).exclude(state=State.ENDED)
    return bool(running.update(state=State.ENDED, why_ended=why[:100]))


def _send(connection: BaseEmailBackend, pk: int, now: datetime) -> bool:
    invitation = Invitation.objects.due(now).select_related("campaign", "member__mail_preference").filter(pk=pk).first()
    if invitation is None:
        return False
    if _is_last_call_over(invitation, now) or _is_followed(invitation):
        _move(invitation, planned_for=invitation.expires_at)
        return False
    looked = look_again(invitation, now)
    if looked.ends:
        end(invitation, looked.ends)
        return False
    if looked.waits:
        _move(invitation, planned_for=now + LATER)
        return False
    before = dict(_fields(invitation))
    _mark_sent(invitation, now)
    made = compose(invitation, looked.items)
    if not Invitation.objects.filter(pk=pk, **before).update(**_fields(invitation)):
        return False  # the claim is another worker's
    return _deliver(connection, made, invitation, looked.owner, before)


def _is_last_call_over(invitation: Invitation, now: datetime) -> bool:
    """No further reminder, or one that comes too late, for its campaign had been stopped."""
    if invitation.expires_at is None:
        return False
    is_last = invitation.reminders_sent >= invitation.campaign.reminders
    return is_last or invitation.expires_at - now < LAST_CALL


def _is_followed(invitation: Invitation) -> bool:
    """Nobody gets reminders of two mails by turns: the newer takes over, and links of the earlier stay good."""
    is_reminder = invitation.sent_at is not None
    return is_reminder and Invitation.objects.to(invitation.email).filter(state=State.PLANNED).exists()


def _mark_sent(invitation: Invitation, now: datetime) -> None:
    """In memory alone."""
    if invitation.sent_at is None:
        invitation.state, invitation.sent_at, invitation.expires_at = State.SENT, now, now + LINKS_HOLD
    else:
        invitation.reminded_at, invitation.reminders_sent = now, invitation.reminders_sent + 1
    invitation.planned_for = next_mail_at(invitation, now)


def next_mail_at(invitation: Invitation, now: datetime) -> datetime:
    """The next reminder, or, without any, the end of its links."""
    campaign, expires_at = invitation.campaign, invitation.expires_at or now + LINKS_HOLD
    reminder = now + timedelta(days=campaign.days_between)
    return min(reminder, expires_at) if invitation.reminders_sent < campaign.reminders else expires_at


def _deliver(
    connection: BaseEmailBackend,
    made: EmailMessage,
    invitation: Invitation,
    owner: Member | None,
    before: Mapping[str, Any],
) -> bool:
    try:
        connection.send_messages([made])
    except (SMTPRecipientsRefused, ValueError) as error:
        if is_for_good(error):
            _as_it_stands(invitation).update(**{**before, "state": State.ENDED, "why_ended": NO_SUCH_ADDRESS})
        else:
            _take_back(invitation, before)
        return False
    except (OSError, SMTPException):
        logger.exception("Invitation %d could not be sent; it is tried again.", invitation.pk)
        _take_back(invitation, before)
        return False
    log(made, owner if gets_mail_at(owner, invitation.email) else None)
    if invitation.reminders_sent == 0:
        _end_reminders_of_earlier(invitation)
    return True


def is_for_good(error: Exception) -> bool:
    """Did the mail server say that there is no such address, or is it none that a mail can be sent to?"""
    if not isinstance(error, SMTPRecipientsRefused):
        return True
    return all(code >= 500 for code, _ in error.recipients.values())


def _take_back(invitation: Invitation, before: Mapping[str, Any]) -> None:
    """Nothing left us, so nothing was sent."""
    later = (invitation.reminded_at or invitation.sent_at or timezone.now()) + LATER
    _as_it_stands(invitation).update(**{**before, "planned_for": later})


def _end_reminders_of_earlier(invitation: Invitation) -> None:
    earlier = Invitation.objects.to(invitation.email).filter(state=State.SENT).exclude(pk=invitation.pk)
    pks = list(earlier.values_list("pk", flat=True))
    Invitation.objects.filter(pk__in=pks).update(planned_for=F("expires_at"))


def _as_it_stands(invitation: Invitation) -> Any:
    """The row, if nobody has changed it since it was read."""
    return Invitation.objects.filter(pk=invitation.pk, **_fields(invitation))


def _fields(invitation: Invitation) -> Mapping[str, Any]:
    names = ("state", "sent_at", "reminded_at", "reminders_sent", "expires_at", "planned_for")
    return {name: getattr(invitation, name) for name in names}


def _move(invitation: Invitation, **fields: Any) -> None:
    _as_it_stands(invitation).update(**fields)
