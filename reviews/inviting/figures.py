"""What became of each campaign. Stars are counted here, for the brand to see that none are treated differently."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Count, Q, Sum

from community.threads.models import Status
from reviews.models import Invitation, InvitationCampaign, InvitedPurchase

COUNTED = (
    ("planned", "Planned", "Mails that are due and have not left yet."),
    ("sent", "Sent", "First mails that left, one to an address."),
    ("reminders", "Reminders", "Second and third mails."),
    ("asked", "Products asked about", "At most five a mail. The next three count these products."),
    ("opened", "Opened", "Its page stood before a person for a second, or was sent in. Mail scanners don’t count."),
    ("used", "Used", "A review was sent in: by its link, or by the same buyer from the product’s page."),
    ("approved", "Approved", "Of these reviews, those that everybody can read now."),
)  # fmt: skip
"""Name, title, and what exactly is counted."""


@dataclass
class Figures:
    campaign: InvitationCampaign
    planned: int = 0
    sent: int = 0
    reminders: int = 0
    asked: int = 0
    opened: int = 0
    used: int = 0
    approved: int = 0
    by_star: dict[int, tuple[int, int]] = field(default_factory=dict)
    ended: list[tuple[str, int]] = field(default_factory=list)

    @property
    def numbers(self) -> list[tuple[str, int, str]]:
        """Title, number, what it counts."""
        return [(title, getattr(self, name), counts) for name, title, counts in COUNTED]

    @property
    def stars(self) -> list[tuple[int, int, int, float | None]]:
        """Of 5 to 1: stars, sent in, readable, share in per cent: rounded down, so that 100 means all."""
        rows = [(stars, *self.by_star.get(stars, (0, 0))) for stars in range(5, 0, -1)]
        return [(stars, used, good, 1000 * good // used / 10 if used else None) for stars, used, good in rows]


def figures(campaigns: Iterable[InvitationCampaign]) -> list[Figures]:
    """One each, in the order given. Four queries, however many there are."""
    found = {campaign.pk: Figures(campaign) for campaign in campaigns}
    for rows in (_mails(found), _products(found)):
        for row in rows:
            for name, value in row.items():
                if name != "campaign":
                    setattr(found[row["campaign"]], name, value or 0)
    for pk, stars, used, good in _by_star(found):
        found[pk].by_star[stars] = (used, good)
    for one in found.values():
        one.approved = sum(good for _, good in one.by_star.values())
    ended = Invitation.objects.filter(campaign__in=found, state=Invitation.State.ENDED).order_by()
    for pk, why, count in ended.values_list("campaign", "why_ended").annotate(number=Count("pk")).order_by("-number"):
        found[pk].ended.append((why, count))
    return list(found.values())


def as_rows(some: Iterable[Figures]) -> Iterator[list[object]]:
    """For a spreadsheet, by COLUMNS."""
    for one in some:
        state = "on" if one.campaign.is_active else "off"
        totals = [getattr(one, name) for name, _, _ in COUNTED]
        stars = [number for _, used, good, _ in one.stars for number in (used, good)]
        yield [one.campaign.name, state, one.campaign.incentive, *totals, *stars]


COLUMNS = [
    "campaign", "state", "incentive", *(name for name, _, _ in COUNTED),
    *(f"{what}_{stars}_stars" for stars in range(5, 0, -1) for what in ("used", "approved")),
]  # fmt: skip


def _mails(found: Iterable[int]) -> Iterable[Any]:
    rows = Invitation.objects.filter(campaign__in=list(found)).order_by().values("campaign")
    return rows.annotate(
        planned=Count("pk", filter=Q(state=Invitation.State.PLANNED)),
        sent=Count("pk", filter=Q(sent_at__isnull=False)),
        reminders=Sum("reminders_sent"),
    ).values("campaign", "planned", "sent", "reminders")


def _products(found: Iterable[int]) -> Iterable[Any]:
    rows = InvitedPurchase.objects.filter(invitation__campaign__in=list(found), invitation__sent_at__isnull=False)
    counted = rows.order_by().values("invitation__campaign").annotate(
        number=Count("pk"), seen=Count("pk", filter=Q(opened_at__isnull=False) | Q(used_at__isnull=False)),
        done=Count("pk", filter=Q(used_at__isnull=False)),
    )  # fmt: skip
    for pk, asked, opened, used in counted.values_list("invitation__campaign", "number", "seen", "done"):
        yield {"campaign": pk, "asked": asked, "opened": opened, "used": used}


def _by_star(found: Iterable[int]) -> Iterable[tuple[int, int, int, int]]:
    rows = InvitedPurchase.objects.filter(invitation__campaign__in=list(found), review__isnull=False).order_by()
    published = Count("pk", filter=Q(review__thread__status=Status.PUBLISHED))
    counted = rows.values("invitation__campaign", "review__stars").annotate(number=Count("pk"), good=published)
    return counted.values_list("invitation__campaign", "review__stars", "number", "good")
