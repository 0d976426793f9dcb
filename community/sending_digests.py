"""Sends the weekly digest: a week after the last one, to who asked for it and has been here within half a year.

While a person has paused everything, or what goes to a member, theirs stays due and comes when the pause is over.
"""

import logging
import time
from datetime import datetime, timedelta
from smtplib import SMTPException

from django.core.mail import EmailMultiAlternatives
from django.db.models import Max, Q, QuerySet
from django.utils import timezone

from community.digest import WEEK, Section, news_for
from community.members.models import Consent, Member
from community.notifications.letters import host, letter, links_for, list_headers
from community.notifications.mailing import SECONDS_A_RUN, log, may_be_written_to
from community.notifications.models import MailPreference
from community.notifications.unsubscribing import DIGEST, token_for, wants_digest
from community.threads.models import ThreadRead
from community.threads.pausing import standing_pause

logger = logging.getLogger(__name__)
AWAY = timedelta(days=180)
MOST_A_RUN = 5000


def send_digests(now: datetime | None = None) -> int:
    """Send for at most 50 seconds; the next run goes on. Returns how many letters went out."""
    until, sent, now = time.monotonic() + SECONDS_A_RUN, 0, now or timezone.now()
    for member in list(due_at(now)[:MOST_A_RUN]):
        held = standing_pause(customer=member)
        if time.monotonic() > until or (held and held.is_of_site):
            break
        sent += held is None and _claim(member, now) and _send(member, now)
    return sent


def due_at(now: datetime) -> QuerySet[Member]:
    """Who once said yes and has waited a week. What they say today is asked when it is sent."""
    asked = Consent.objects.filter(**DIGEST, is_given=True).values("member")
    has_waited = Q(mail_preference__digest_at=None) | Q(mail_preference__digest_at__lte=now - WEEK)
    waiting = Member.objects.filter(has_waited, pk__in=asked, is_active=True)
    return waiting.select_related("mail_preference").order_by("pk")


def last_here(member: Member) -> datetime:
    """The newest sign of somebody: signed in, read or wrote."""
    read = ThreadRead.objects.filter(member=member).aggregate(newest=Max("last_read_at"))["newest"]
    wrote = member.posts.aggregate(newest=Max("created_at"))["newest"]
    return max(when for when in (member.last_login, read, wrote, member.date_joined) if when)


def _claim(member: Member, now: datetime) -> bool:
    """This week's digest is ours: of two workers one gets it."""
    preference, _ = MailPreference.objects.get_or_create(member=member)
    unclaimed = MailPreference.objects.filter(member=member, digest_at=preference.digest_at)
    return bool(unclaimed.update(digest_at=now)) and wants_digest(member)


def _send(member: Member, now: datetime) -> bool:
    if not may_be_written_to(member) or now - last_here(member) > AWAY:
        return False
    sections = news_for(member, now)
    if not sections:
        return False
    made = compose_digest(member, sections, now)
    try:
        made.send()
    except (OSError, SMTPException):
        logger.exception("The digest for member %d could not be sent; it is tried again.", member.pk)
        before = member.mail_preference.digest_at if hasattr(member, "mail_preference") else None
        MailPreference.objects.filter(member=member).update(digest_at=before)
        return False
    log(made, member)
    return True


def compose_digest(member: Member, sections: list[Section], now: datetime) -> EmailMultiAlternatives:
    token, first = token_for(member, None), sections[0].entries[0]
    others = sum(len(section.entries) for section in sections) - 1
    year, week, _ = now.isocalendar()
    return letter(
        to=member,
        subject=f"{first.title} and {others} more" if others else first.title,
        template="notifications/mail/digest",
        context={"title": "Your week here", "sections": sections, **links_for(token)},
        headers={"Message-ID": f"<digest-{member.pk}-{year}-{week}@{host()}>"} | list_headers(token, "digest"),
    )
