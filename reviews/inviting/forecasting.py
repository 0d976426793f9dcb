"""The dry run: whom a campaign would ask in the days to come. Nothing is planned by looking."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import groupby

from django.utils import timezone

from reviews.inviting.choosing import APART, askable
from reviews.models import InvitationCampaign
from reviews.models.campaign import SOONEST
from reviews.models.invitation import MOST_PRODUCTS

DAYS = 14
MOST_ROWS = 50_000

Waiting = list[tuple[int, datetime]]
"""Of one address: product and when it left, the longest ago first."""


@dataclass(frozen=True)
class Forecast:
    """`days`: day, mails, products. `is_cut`: more than can be looked at; the sums are of the first 50,000 products."""

    days: tuple[tuple[date, int, int], ...]
    products: tuple[tuple[str, int], ...]
    is_cut: bool

    @property
    def mails(self) -> int:
        return sum(mails for _, mails, _ in self.days)

    @property
    def asked(self) -> int:
        return sum(products for _, _, products in self.days)


def forecast(campaign: InvitationCampaign, now: datetime | None = None, days: int = DAYS) -> Forecast:
    """As if `campaign` were on from now. Reminders come on top. Two queries."""
    now = now or timezone.now()
    until = now + timedelta(days=days)
    rows = askable(campaign, now=now, before=before(campaign, now), ahead=timedelta(days=days))
    rows = rows.order_by("address", "fulfilled_at", "pk")
    found = list(rows.values_list("address", "product_id", "fulfilled_at", "product__name")[:MOST_ROWS])
    names = {product: name for _, product, _, name in found}
    mails, asked, about = Counter[date](), Counter[date](), Counter[int]()
    for _, group in groupby(found, key=lambda row: row[0]):
        waiting = [(product, at) for _, product, at, _ in group]
        for day, parcel in _mails_of(waiting, campaign, now, until):
            mails[day] += 1
            asked[day] += len(parcel)
            about.update(parcel)
    most = tuple((names[product], count) for product, count in about.most_common(5))
    return Forecast(tuple((day, mails[day], asked[day]) for day in sorted(mails)), most, len(found) == MOST_ROWS)


def before(campaign: InvitationCampaign, now: datetime) -> list[InvitationCampaign]:
    """Those on now that take a purchase first: for one shelf before those for all, then the older."""

    def rank(one: InvitationCampaign) -> tuple[bool, datetime, int]:
        return one.category_id is None, one.created_at, one.pk

    return [one for one in InvitationCampaign.objects.running(now) if rank(one) < rank(campaign)]


def _mails_of(
    waiting: Waiting, campaign: InvitationCampaign, now: datetime, until: datetime
) -> Iterator[tuple[date, list[int]]]:
    """When one address would be written to, and about what."""
    rest, earliest = _once_each(waiting), now
    while rest:
        at = max(earliest, min(left for _, left in rest) + timedelta(days=campaign.days_after))
        if at > until:
            return
        ready = [pair for pair in rest if pair[1] <= at - timedelta(days=SOONEST)][:MOST_PRODUCTS]
        yield timezone.localdate(at), [product for product, _ in ready]
        rest, earliest = [pair for pair in rest if pair not in ready], at + APART


def _once_each(waiting: Iterable[tuple[int, datetime]]) -> Waiting:
    first: dict[int, datetime] = {}
    for product, left in waiting:
        first.setdefault(product, left)
    return list(first.items())
