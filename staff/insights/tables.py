"""Tables of figures. A cell holds the rows it counts, so that a number and the list behind it can't differ."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from hashlib import sha256

from staff.insights.cube import Chosen


@dataclass(frozen=True)
class Cell:
    """A number: how many rows `behind` chooses, and which share `of` others they are. Or `words` alone."""

    key: str = ""
    behind: Chosen | None = None
    of: Chosen | None = None
    words: str = ""

    @property
    def number(self) -> int:
        return len(self.behind) if self.behind is not None else 0

    @property
    def share(self) -> str:
        """“40 %”; nothing where there is nothing to divide."""
        return share(self.number, len(self.of)) if self.of is not None else ""


@dataclass(frozen=True)
class Row:
    """`address` leads to what the row is about, where it has a page of its own."""

    label: str
    cells: Sequence[Cell]
    address: str = ""


@dataclass(frozen=True)
class Bar:
    """One bar of a picture: its parts as (kind, cell), drawn in this order."""

    label: str
    parts: Sequence[tuple[str, Cell]]

    @property
    def total(self) -> int:
        return sum(cell.number for _, cell in self.parts)


@dataclass(frozen=True)
class Table:
    """One question, its answer in numbers, and its pictures as (title, bars).

    `groups` span columns, as (words, how many). `legend` says what the kinds of a picture's parts are called.
    """

    title: str
    explanation: str
    columns: Sequence[str]
    rows: Sequence[Row]
    pictures: Sequence[tuple[str, Sequence[Bar]]] = ()
    legend: Sequence[tuple[str, str]] = ()
    groups: Sequence[tuple[str, int]] = ()
    empty: str = "Nothing of this kind happened in this time."
    footnote: str = ""

    @property
    def is_empty(self) -> bool:
        return not any(cell.number for row in self.rows for cell in row.cells)

    def group(self, place: int) -> str:
        """The words that span the column at `place`."""
        last = 0
        for words, span in self.groups:
            last += span
            if place < last:
                return words
        return ""

    def heading(self, row: Row, place: int) -> str:
        """What a cell counts, in words: “Retention: what the customer showed, strengthened”."""
        parts = [part for part in (self.group(place), self.columns[place]) if part]
        return f"{row.label}: {', '.join(part[:1].lower() + part[1:] for part in parts)}"


@dataclass(frozen=True)
class Section:
    """A page of tables about one subject. `links` lead to the pages where it is worked on, as (words, address).

    The newest rows of `quotes`, under its heading, are shown with their words.
    """

    key: str
    title: str
    lede: str
    tables: Sequence[Table]
    links: Sequence[tuple[str, str]] = ()
    quotes: tuple[str, Chosen] | None = None

    def cells(self) -> Iterator[tuple[Table, Row, int, Cell]]:
        for table in self.tables:
            for row in table.rows:
                for place, cell in enumerate(row.cells):
                    yield table, row, place, cell

    def behind(self, key: str) -> tuple[str, Chosen] | None:
        """What the number of this key counts, with its name; None if there is no such number. Counts nothing."""
        for table, row, place, cell in self.cells():
            if cell.key == key and cell.behind is not None:
                return table.heading(row, place), cell.behind
        return None


def key_of(prefix: str, words: str) -> str:
    """A key for what has no short name of its own: the same words, the same key."""
    return f"{prefix}-{sha256(words.encode()).hexdigest()[:12]}"


def share(part: int, whole: int) -> str:
    """A percentage, or nothing where there is nothing to divide."""
    return f"{round(100 * part / whole)} %" if whole else ""
