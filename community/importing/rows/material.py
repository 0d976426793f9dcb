"""What a kind of table says of itself (RowImporter), and what a batch of its rows came to (RowTally)."""

from abc import ABC, abstractmethod
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, ClassVar

from community.importing.models import ImportRun
from community.importing.rows.dates import DateReader
from community.importing.rows.problems import BadRowError, SkippedRowError
from community.outside.csv_files import Line

__all__ = ["BadRowError", "LineCode", "RowImporter", "RowTally", "SkippedRowError"]

LineCode = tuple[int, str]


@dataclass
class RowTally:
    """What a batch came to. `added`, `changed`, `known` count rows; the lists hold (line number, code).

    `refused` and `skipped` rows were not brought; `remarks` are on rows that were, but not whole. `counts` is whatever
    else the importer counts, by the names of its `count_labels`.
    """

    added: int = 0
    changed: int = 0
    known: int = 0
    refused: list[LineCode] = field(default_factory=list)
    skipped: list[LineCode] = field(default_factory=list)
    remarks: list[LineCode] = field(default_factory=list)
    counts: Counter[str] = field(default_factory=Counter)

    def add(self, other: "RowTally") -> None:
        self.added += other.added
        self.changed += other.changed
        self.known += other.known
        self.refused += other.refused
        self.skipped += other.skipped
        self.remarks += other.remarks
        self.counts.update(other.counts)


def names(ours: str, theirs: str = "") -> dict[str, str]:
    """{"sku": "sku", "product_sku": "sku"}: `theirs`, parted by blanks, in the order in which they count."""
    return dict.fromkeys([ours, *theirs.split()], ours)


class RowImporter(ABC):
    """One format. Made anew for each slice of a run, so it may hold what stays the same during one.

    `columns` leads every column name that a first line may use to ours; names are compared in lower case, with _ for
    blanks and hyphens. Where a file has two columns for one of ours, the one that stands first in `columns` counts.
    """

    name: ClassVar[str]  # shown, and kept in ImportRun.file_format: at most 30 characters
    subject: ClassVar[str]  # of ImportRun.Subject
    columns: ClassVar[Mapping[str, str]]
    needed: ClassVar[Sequence[str]]  # of our names
    date_columns: ClassVar[Sequence[str]] = ()  # of our names: looked through to settle whether 05/03 is in May
    sentences: ClassVar[Mapping[str, str]] = {}  # code → what it means and what to do, beside problems.SENTENCES
    count_labels: ClassVar[
        Mapping[str, str]
    ] = {}  # name in RowTally.counts → what people read: "members": "new authors"
    follows: ClassVar[bool] = False  # rows may leave out what an earlier one says
    batch: ClassVar[int] = 200  # rows in one transaction, in which nobody else can write to SQLite

    def __init__(self, options: Mapping[str, Any], date_order: str = "") -> None:
        """`options` as the run holds them; `date_order` is "dmy", "mdy", or empty: not settled."""
        self.options = options
        self.dates = DateReader(date_order)

    @classmethod
    def recognises(cls, header: Sequence[str]) -> bool:
        """Is this its table? `header` has the file's own names, cleaned (lower case, _). Asked before `needed`."""
        found = {cls.columns.get(name, "") for name in header}
        return all(name in found for name in cls.needed)

    @classmethod
    def begins(cls, line: Line) -> bool:
        """Do rows after this one leave out what it says? Only asked where `follows`."""
        return True

    def follow(self, line: Line) -> None:  # noqa: B027 - most rows stand alone
        """A run goes on in the middle of what `line` begins."""

    @abstractmethod
    def read(self, line: Line) -> Any:
        """What the row says, checked without the database. Raises BadRowError(code) or SkippedRowError(code)."""

    def key(self, record: Any) -> str:
        """What may stand once in a file; a second row with it is refused as “duplicate”. Empty: never compared."""
        return ""

    @abstractmethod
    def bring(self, records: Sequence[tuple[int, Any]], run: ImportRun) -> RowTally:
        """Save what is not here yet. Runs in a transaction that a dry run undoes.

        `records` are (line number, what read() gave). Must be idempotent: the same rows again are `known`. If it
        raises, it is called again row by row, and the row that raises alone is refused as “failed”.
        """

    def after(self, run: ImportRun) -> None:  # noqa: B027 - most have nothing left to do
        """Once when all rows are in (never for a dry run): what would be too slow, or wrong, row by row."""
