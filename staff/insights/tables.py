"""Tables of figures. A cell holds the things it counts, so that a number and the list behind it can't differ."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True)
class Item:
    """One thing behind a number: a conversation, a question, a reply or a link."""

    title: str
    url: str
    at: datetime
    note: str = ""


@dataclass(frozen=True)
class Cell:
    """A number with its `items`, or words alone. `share` is said beside it."""

    items: Sequence[Item] | None = None
    words: str = ""
    share: str = ""
    key: str = ""

    @property
    def number(self) -> int:
        return len(self.items or ())


@dataclass(frozen=True)
class Row:
    label: str
    cells: Sequence[Cell]


@dataclass(frozen=True)
class Bar:
    """One bar of a picture: its parts as (kind, amount), drawn in this order."""

    label: str
    parts: Sequence[tuple[str, int]]

    @property
    def total(self) -> int:
        return sum(amount for _, amount in self.parts)


@dataclass(frozen=True)
class Section:
    """One subject: a table, its picture and what both mean. `groups` span columns, as (words, how many)."""

    key: str
    title: str
    explanation: str
    columns: Sequence[str]
    rows: Sequence[Row]
    bars: Sequence[Bar] = ()
    legend: Sequence[tuple[str, str]] = ()
    empty: str = ""
    footnote: str = ""
    groups: Sequence[tuple[str, int]] = ()

    @property
    def is_empty(self) -> bool:
        return not any(cell.number for row in self.rows for cell in row.cells)

    def behind(self, key: str) -> tuple[str, Sequence[Item]] | None:
        """What a cell counts, with its name: “Retention, needs a reply”."""
        for row in self.rows:
            for column, cell in zip(self.columns, row.cells, strict=True):
                if cell.key == key and cell.items is not None:
                    return f"{row.label}: {column.lower()}", cell.items
        return None


def share(part: int, whole: int) -> str:
    """A percentage, or nothing where there is nothing to divide."""
    return f"{round(100 * part / whole)} %" if whole else ""
