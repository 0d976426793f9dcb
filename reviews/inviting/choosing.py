"""Which purchases may be asked about, as one question to the database. Stars have no part in it."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Lower

from community.members.models import Consent
from community.products.models import Purchase
from community.threads.models import Thread
from reviews.models import InsiderDomain, Invitation, InvitationCampaign, InvitationStop
from reviews.models.campaign import SOONEST

TOO_LATE = timedelta(days=180)
APART = timedelta(days=7)
"""Between two mails to one address, whatever was bought."""


def askable(
    campaign: InvitationCampaign,
    *,
    now: datetime,
    before: Sequence[InvitationCampaign] = (),
    ahead: timedelta = timedelta(0),
) -> QuerySet[Any]:
    """What `campaign` may ask about: arrived at least 14 days ago, less than 180, kept, on sale, not reviewed, not
    asked about, of somebody who may be asked. Each with its `address` in lower case.

    `before`: campaigns that come first; what is theirs is left to them. `ahead`: to look so far into the days to come.
    """
    rows = Purchase.objects.standing().annotate(address=Lower("email"))
    rows = rows.filter(fulfilled_at__lte=now + ahead - timedelta(days=SOONEST), fulfilled_at__gt=now - TOO_LATE)
    rows = rows.filter(_belongs_to(campaign), invited=None, product__is_discontinued=False)
    for other in before:
        rows = rows.exclude(_belongs_to(other))
    return _unasked(_of_who_may_be_asked(rows), now)


def ripe(rows: QuerySet[Any], campaign: InvitationCampaign, now: datetime) -> QuerySet[Any]:
    """Those that bring a mail about now; what else the address bought comes along in it."""
    return rows.filter(fulfilled_at__lte=now - timedelta(days=campaign.days_after))


def _belongs_to(campaign: InvitationCampaign) -> Q:
    shelf = Q(product__category=campaign.category_id) if campaign.category_id else Q()
    return shelf & Q(fulfilled_at__gte=campaign.starts_at)


def _of_who_may_be_asked(rows: QuerySet[Any]) -> QuerySet[Any]:
    """No staff, no closed accounts, nobody who said no, nobody whose mail comes back, nobody from inside."""
    invitation = {"channel": Consent.Channel.MAIL, "purpose": Consent.Purpose.INVITATION}
    consents = Consent.objects.filter(member=OuterRef("member"), **invitation).order_by("-created_at", "-pk")
    open_account = Q(
        member__is_active=True, member__is_staff=False, member__erased_at=None, member__mail_preference__stopped_at=None
    )
    rows = rows.annotate(consent=Subquery(consents.values("is_given")[:1]))
    rows = rows.filter(Q(member=None) | open_account, Q(consent=None) | Q(consent=True))
    for domain in InsiderDomain.objects.values_list("domain", flat=True):
        rows = rows.exclude(Q(address__endswith=f"@{domain}") | Q(address__endswith=f".{domain}"))
    yes_since = Consent.objects.filter(
        **invitation, member=OuterRef(OuterRef("member")), is_given=True, created_at__gt=OuterRef("created_at")
    )
    stops = InvitationStop.objects.annotate(stopped=Lower("email")).filter(stopped=OuterRef("address"))
    return rows.exclude(Exists(stops.exclude(Exists(yes_since))))


def _unasked(rows: QuerySet[Any], now: datetime) -> QuerySet[Any]:
    """Nothing that the buyer has reviewed or was ever asked about, and nobody who had a mail this week."""
    reviews = Thread.objects.filter(kind=Thread.Kind.REVIEW, author=OuterRef("member"), product=OuterRef("product"))
    same = Purchase.objects.annotate(same=Lower("email")).filter(same=OuterRef("address"), product=OuterRef("product"))
    invitations = Invitation.objects.annotate(to=Lower("email")).filter(to=OuterRef("address"))
    lately = Q(sent_at__gt=now - APART) | Q(reminded_at__gt=now - APART) | Q(state=Invitation.State.PLANNED)
    done = (same.filter(reviews__isnull=False), same.filter(invited__isnull=False), invitations.filter(lately))
    for excluded in (reviews, *done):
        rows = rows.exclude(Exists(excluded))
    return rows
