"""CSV in and out, as spreadsheets write and read it."""

import csv
import io
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from django.http import HttpResponse

DELIMITERS = ",;\t|"
LONGEST_CELL = 100_000  # the csv module's own limit is one for the whole process, and the importers raise it
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")
_UTF16 = (b"\xff\xfe", b"\xfe\xff")


class BadTableError(Exception):
    """Why a file can't be read as a table, in a sentence that says what to do."""


@dataclass(frozen=True)
class Line:
    """`number` as a text editor counts; `cells` by the columns' own names."""

    number: int
    cells: Mapping[str, str]


def read_table(data: bytes, *, columns: Mapping[str, str], needed: Iterable[str], most_rows: int) -> list[Line]:
    """The filled rows. `columns` leads each name that a first line may use to ours: {"link": "url", "url": "url"}.

    UTF-8, UTF-16 or Windows' western European; parted by comma, semicolon, tab or bar. Raises BadTableError.
    """
    text = decoded(data)
    header = text.partition("\n")[0]
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(header, columns), strict=False)
    try:
        names = [columns.get(_name(cell), "") for cell in next(rows, [])]
        _require(names, needed)
        return list(_lines(rows, names, most_rows))
    except csv.Error as error:
        raise BadTableError(f"Line {rows.line_num}: {error}. Are all quotes closed?") from error


def _lines(rows: Iterator[list[str]], names: list[str], most_rows: int) -> Iterator[Line]:
    count = 0
    for cells in rows:
        if not any(cell.strip() for cell in cells):
            continue
        count += 1
        if count > most_rows:
            raise BadTableError(f"The file has more than {most_rows:,} rows. Split it, and upload one after the other.")
        if max(map(len, cells)) > LONGEST_CELL:
            raise csv.Error("a cell is too long")
        pairs = zip(names, cells, strict=False)
        yield Line(rows.line_num, {name: cell.strip() for name, cell in pairs if name})  # type: ignore[attr-defined]


def decoded(data: bytes) -> str:
    """UTF-8, UTF-16 or Windows' western European. Raises BadTableError."""
    for encoding in ("utf-16",) if data.startswith(_UTF16) else ("utf-8-sig", "cp1252"):
        try:
            return data.decode(encoding).replace("\0", "")
        except UnicodeDecodeError:
            continue
    raise BadTableError("This is no text. Save the table as CSV (UTF-8) and upload that.")


def _name(cell: str) -> str:
    return cell.strip().strip('"').strip().lower().replace(" ", "_").replace("-", "_")


def _delimiter(header: str, columns: Mapping[str, str]) -> str:
    """The mark that makes the most known columns of the first line."""
    return max(DELIMITERS, key=lambda mark: sum(_name(cell) in columns for cell in header.split(mark)))


def _require(names: list[str], needed: Iterable[str]) -> None:
    missing = [name for name in needed if name not in names]
    if missing:
        raise BadTableError(f"The first line names the columns, and lacks: {', '.join(missing)}.")


class _Echo:
    """A file that gives back each line instead of keeping it."""

    def write(self, line: str) -> str:
        return line


def csv_lines(rows: Iterable[Iterable[object]]) -> Iterator[str]:
    """`rows` line by line, one in memory at a time. No spreadsheet takes a cell for a formula."""
    writer = csv.writer(_Echo())
    for row in rows:
        yield str(writer.writerow([harmless(cell) for cell in row]))


def csv_response(name: str, columns: Iterable[str], rows: Iterable[Iterable[object]]) -> HttpResponse:
    """The same as a download, for what is not long."""
    return HttpResponse(
        csv_lines([columns, *rows]),
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{name}.csv"'},
    )


def harmless(value: object) -> object:
    """A spreadsheet takes a text that begins so for a formula."""
    is_formula = isinstance(value, str) and value.lstrip(" ").startswith(_FORMULA)
    return f"'{value}" if is_formula else value


def as_it_was(cell: str) -> str:
    """What `harmless` made harmless, read back."""
    return cell[1:] if cell.startswith("'") and cell[1:].lstrip(" ").startswith(_FORMULA) else cell
