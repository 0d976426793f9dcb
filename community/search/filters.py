"""What results may be narrowed to, as it stands in the address, and where each other choice leads."""

import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from datetime import timedelta
from urllib.parse import urlencode

from django.urls import reverse
from django.utils import timezone

from community.search.search_indexes import DAY, PRODUCT, SOLVED, UNSOLVED
from community.threads.models import Thread

KINDS = {Thread.Kind.QUESTION.value: "Questions", Thread.Kind.REVIEW.value: "Reviews", PRODUCT: "Products"}
STATES = {SOLVED: "Solved", UNSOLVED: "Not solved yet"}
PERIODS = {"week": ("Past week", 7), "month": ("Past month", 31), "year": ("Past year", 366)}
NEWEST = "newest"
SORTS = {"": "Best match", NEWEST: "Newest"}
FIELDS = {"kind": "kind", "product": "product", "tag": "tags", "state": "state", "period": "day"}
_SLUG = re.compile(r"[\w-]{1,120}")


@dataclass(frozen=True)
class Filters:
    """Each a key as in the address; empty for all."""

    kind: str = ""
    product: str = ""
    tag: str = ""
    state: str = ""
    period: str = ""
    sort: str = ""

    @property
    def chosen(self) -> dict[str, str]:
        return {name: value for name, value in asdict(self).items() if value}

    @property
    def is_narrow(self) -> bool:
        return any(name != "sort" for name in self.chosen)

    def narrowings(self) -> list[str]:
        """In the language of haystack's Whoosh engine, one a field."""
        exact = [f"{FIELDS[name]}:{value}" for name, value in self.chosen.items() if name not in ("period", "sort")]
        return exact + ([f"day:[{first_day(self.period)} TO]"] if self.period else [])

    def query(self, text: str) -> str:
        return urlencode({"q": text} | self.chosen)

    def address(self, text: str, **changes: str) -> str:
        """The results for `text` with other choices; the chosen one again takes it back."""
        changes = {name: "" if getattr(self, name) == value else value for name, value in changes.items()}
        return f"{reverse('search')}?{replace(self, **changes).query(text)}"


def read(query: Mapping[str, str]) -> Filters:
    """What of an address is a choice; anything else is as good as absent."""
    known: dict[str, Mapping[str, object]] = {"kind": KINDS, "state": STATES, "period": PERIODS, "sort": SORTS}
    values = {name: query.get(name, "") for name in (*FIELDS, "sort")}
    return Filters(
        **{
            name: value
            for name, value in values.items()
            if (value in known[name] if name in known else _SLUG.fullmatch(value))
        }
    )


def first_day(period: str) -> str:
    return (timezone.now() - timedelta(days=PERIODS[period][1])).strftime(DAY)
