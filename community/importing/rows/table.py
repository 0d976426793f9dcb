"""A table's outside: that it is one, how it is written, which format its first line names, and how many rows follow."""

import codecs
import hashlib
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from itertools import islice
from pathlib import Path

from community.importing.material import UnreadableError
from community.importing.rows.dates import OrderFinder
from community.importing.rows.material import RowImporter
from community.importing.rows.problems import BadRowError
from community.importing.rows.reading import Cells, Rows, opened
from community.outside.csv_files import DELIMITERS, Line

HEAD = 64 * 1024
PIECE = 1024 * 1024
_SAVE_AS_CSV = "Open it in a spreadsheet, save the table as CSV (UTF-8), and give that."
_NO_TABLES = {
    b"PK\x03\x04": "This is an Excel workbook or a zip archive. Unpack a zip; of a workbook, save the sheet as CSV "
    "(UTF-8). Then give the CSV file.",
    b"\xd0\xcf\x11\xe0": f"This is an old Excel workbook. {_SAVE_AS_CSV}",
    b"\x1f\x8b": "This file is packed (gzip). Unpack it, and give the CSV file that is inside.",
    b"%PDF": "This is a PDF. Give the table itself, as CSV.",
    b"\x89PNG": "This is a picture. Give the table itself, as CSV.",
    b"\xff\xd8\xff": "This is a picture. Give the table itself, as CSV.",
    b"{": "This is JSON. Give the table as CSV, with the names of its columns in the first line.",
    b"<": "This is XML or a web page. Give the table as CSV, with the names of its columns in the first line.",
}


TableRow = tuple[int, Line | BadRowError]


@dataclass(frozen=True)
class Table:
    """`header` has the file's own names, cleaned. `total` rows follow it; 0 until examined."""

    path: Path
    encoding: str
    delimiter: str
    header: Sequence[str]
    importer: type[RowImporter]

    def rows(self, start: int = 0) -> Iterator[TableRow]:
        """(line number, the row or why it can't be read), from row `start` on: 0 is the one after the names."""
        with _rows(self.path, self.encoding, self.delimiter) as rows:
            for number, cells in islice(rows, start + 1, None):
                yield number, cells if isinstance(cells, BadRowError) else self._line(number, cells)

    def row_before(self, start: int) -> Line | None:
        """The last row before `start` that can be read and begins an order (RowImporter.begins)."""
        found = None
        for _, line in islice(self.rows(), start):
            if isinstance(line, Line) and self.importer.begins(line):
                found = line
        return found

    @cached_property
    def _places(self) -> list[tuple[int, str]]:
        """(where a cell stands, our name for it); what counts most comes last."""
        columns = reversed(list(self.importer.columns.items()))
        return [(self.header.index(theirs), ours) for theirs, ours in columns if theirs in self.header]

    def _line(self, number: int, cells: Cells) -> Line | BadRowError:
        if len(cells) != len(self.header):  # an empty one too many is often a comma in a text, and all others slipped
            return BadRowError("wrong_cells")
        found = dict.fromkeys(self.importer.columns.values(), "")
        for place, ours in self._places:
            found[ours] = cells[place].strip() or found[ours]
        return Line(number, found)


@dataclass(frozen=True)
class Facts:
    """What a whole reading tells: `total` rows, SHA-256 of the file, and "dmy", "mdy" or nothing for its dates."""

    total: int
    file_hash: str
    date_order: str


def table_of(path: Path, importers: Sequence[type[RowImporter]], format_name: str = "") -> Table:
    """Which of `importers` (or the one called `format_name`) reads this file. Raises UnreadableError."""
    head = _head(path)
    encoding = encoding_of(path, head)
    header, delimiter = _header(path, encoding, importers)
    importers = [importer for importer in importers if format_name in ("", importer.name)]
    if not importers:
        raise UnreadableError(f"There is no format called {format_name}.")
    chosen = next((importer for importer in importers if importer.recognises(header)), None)
    if chosen is None:
        raise UnreadableError(_not_recognised(header, importers))
    if missing := [name for name in chosen.needed if name not in {chosen.columns.get(theirs) for theirs in header}]:
        raise UnreadableError(f"{chosen.name}: the first line names the columns, and lacks {', '.join(missing)}.")
    twice = {name for name, count in Counter(header).items() if count > 1 and name in chosen.columns}
    if twice:
        raise UnreadableError(f"Two columns are called {', '.join(sorted(twice))}. Rename or remove one of them.")
    return Table(path, encoding, delimiter, header, chosen)


def examine(table: Table) -> Facts:
    """Read the whole once: about 300,000 rows a second. Raises UnreadableError if nothing follows the first line."""
    order, total = OrderFinder(), 0
    for _, line in table.rows():
        total += 1
        if isinstance(line, Line):
            order.look(line.cells[name] for name in table.importer.date_columns)
    if not total:
        raise UnreadableError("The file names its columns, but no row follows. Give a file with rows.")
    with table.path.open("rb") as file:
        return Facts(total, hashlib.file_digest(file, "sha256").hexdigest(), order.order)


def cleaned(name: str) -> str:
    """A column's name as it is compared: “E-Mail ” → e_mail."""
    return "_".join(name.strip().strip('"').lower().replace("-", " ").replace("_", " ").split())


def encoding_of(path: Path, head: bytes) -> str:
    """By the byte order mark or the zeros of UTF-16; else UTF-8 if all of it is that; else Windows' western one."""
    if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16"
    if head[1::2].count(0) > len(head) // 3:
        return "utf-16-le"
    if head[::2].count(0) > len(head) // 3:
        return "utf-16-be"
    decoder = codecs.getincrementaldecoder("utf-8")()
    try:
        with path.open("rb") as file:
            while piece := file.read(PIECE):
                decoder.decode(piece)
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return "cp1252"
    return "utf-8-sig"


def _head(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            head = file.read(HEAD)
    except OSError as error:
        raise UnreadableError(f"The file can't be read: {error.strerror or error}.") from error
    plain = head.removeprefix(codecs.BOM_UTF8).lstrip()
    for mark, sentence in _NO_TABLES.items():
        if plain.startswith(mark):
            raise UnreadableError(sentence)
    if not plain.strip(b"\0\xff\xfe"):
        raise UnreadableError("The file is empty. Give a CSV file with the names of its columns in the first line.")
    return head


@contextmanager
def _rows(path: Path, encoding: str, delimiter: str) -> Iterator[Iterator[tuple[int, Cells | BadRowError]]]:
    with path.open("rb") as file, opened(file, encoding) as text:
        yield iter(Rows(text, delimiter))


def _header(path: Path, encoding: str, importers: Sequence[type[RowImporter]]) -> tuple[list[str], str]:
    """The cleaned names of the first row, and the mark that parts most names that are known."""
    known = {cleaned(name) for importer in importers for name in importer.columns}
    best: tuple[int, list[str], str] = (-1, [], ",")
    for delimiter in DELIMITERS:
        with _rows(path, encoding, delimiter) as rows:
            _, cells = next(rows, (1, []))
        names = [] if isinstance(cells, BadRowError) else [cleaned(cell) for cell in cells]
        score = sum(name in known for name in names)
        if score > best[0]:
            best = score, names, delimiter
    return best[1], best[2]


def _not_recognised(header: Sequence[str], importers: Sequence[type[RowImporter]]) -> str:
    """What the first line says, and what it lacks for the format that it is nearest to."""

    def lacking(importer: type[RowImporter]) -> list[str]:
        found = {importer.columns.get(name) for name in header}
        return [name for name in importer.needed if name not in found]

    nearest = min(importers, key=lambda importer: len(lacking(importer)) / len(importer.needed))
    if len(lacking(nearest)) > len(nearest.needed) // 2:
        nearest = importers[-1]  # the plainest
    found = ", ".join(name[:40] for name in header[:20] if name)[:200]
    return (
        f"The first line must name the columns. For “{nearest.name}” it lacks {', '.join(lacking(nearest))}. "
        f"It names: {found}."
    )
