"""What the queue's address asks for."""

from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urlencode

from staff.models import ConversationType
from staff.queue.places import BY_KEY, VIEWS, QueueView

SORTS = {"due": "Due first", "priority": "Weightiest first", "waiting": "Longest wait first"}
MOST_WORDS, LONGEST_SEARCH, LARGEST_ID = 5, 100, 2**31 - 1


@dataclass(frozen=True)
class Filters:
    """Anything unknown in the address is as if it were not there."""

    view: QueueView = VIEWS[0]
    type: str = ""
    product: int | None = None
    words: str = ""
    sort: str = "due"

    @classmethod
    def of(cls, query: Any) -> "Filters":
        kind, sort = query.get("type", ""), query.get("sort", "")
        words = " ".join(query.get("q", "").replace("\x00", "").split())[:LONGEST_SEARCH].strip()
        return cls(
            BY_KEY.get(query.get("view", ""), VIEWS[0]),
            kind if kind in ConversationType.values else "",
            _number(query.get("product", "")),
            words,
            sort if sort in SORTS else "due",
        )

    @property
    def query(self) -> str:
        """For links that keep the filters: ends in “&” unless empty."""
        parts = {
            "view": self.view.key if self.view is not VIEWS[0] else "",
            "type": self.type,
            "product": self.product or "",
            "q": self.words,
            "sort": self.sort if self.sort != "due" else "",
        }
        chosen = {name: value for name, value in parts.items() if value}
        return f"{urlencode(chosen)}&" if chosen else ""

    def but(self, **changes: Any) -> str:
        """The query of these filters with some changed, without the last “&”."""
        return replace(self, **changes).query.removesuffix("&")

    @property
    def is_narrowed(self) -> bool:
        return bool(self.type or self.product or self.words)

    @property
    def is_sortable(self) -> bool:
        return self.view.order == "due"

    @property
    def order(self) -> str:
        return self.sort if self.is_sortable else self.view.order


def _number(text: str) -> int | None:
    return int(text) if is_number(text) and int(text) <= LARGEST_ID else None


def is_number(text: str) -> bool:
    """Ten digits at most: what a database takes for a row's number."""
    return text.isascii() and text.isdigit() and len(text) <= 10
