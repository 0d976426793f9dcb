"""What people look for here: three lists from the log of searches, one row for each text."""

from dataclasses import dataclass
from typing import Any

from django.db.models import F, QuerySet

from community.search.models import SearchEntry
from staff.insights.period import Period

Rows = QuerySet[Any, dict[str, Any]]
EMPTY, FREQUENT, UNOPENED = "empty", "frequent", "unopened"
LISTS = {EMPTY: "Nothing found", FREQUENT: "Most frequent", UNOPENED: "Nothing opened"}
EXPLANATIONS = {
    EMPTY: "People looked for this and nothing was there: questions to ask yourselves, or words to add as tags.",
    FREQUENT: "What people look for most, and at which place the first result that they opened stood.",
    UNOPENED: "There were results, and nobody opened one: look at what they found.",
}


@dataclass(frozen=True)
class Overview:
    """`searches` of the period, and how many of them found nothing or led to something."""

    searches: int
    empty: int
    opened: int


def rows(chosen: str, period: Period) -> Rows:
    """Texts in the order of how often they were searched for; of equals the latest first."""
    found: Rows = SearchEntry.objects.since(period.since).by_text()
    if chosen == EMPTY:
        found = found.filter(empty=F("times"))
    if chosen == UNOPENED:
        found = found.filter(opened=0, found__gt=0)
    return found.order_by("-times", "-last", "text")


def overview(period: Period) -> Overview:
    entries = SearchEntry.objects.since(period.since)
    return Overview(
        entries.count(), entries.filter(results=0).count(), entries.filter(clicked_rank__isnull=False).count()
    )
