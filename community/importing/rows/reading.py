"""A table from disk, one row in memory at a time: what can't be read of it is refused by line, and the rest goes on."""

import csv
import io
import re
from collections import deque
from collections.abc import Iterator
from typing import TextIO

from community.importing.material import UnreadableError
from community.importing.rows.problems import BadRowError

LONGEST_CELL = 100_000  # characters
LONGEST_ROW = 1_000_000
MOST_READ_AGAIN = 50 * LONGEST_ROW  # behind quotation marks that are never closed: some seconds, and not some weeks
SAVE_ANEW = "Open the table in a spreadsheet, save it as CSV (UTF-8) anew, and give that."
_NO_TEXT = re.compile("[\x00\ud800-\udfff]")

Cells = list[str]
Row = tuple[int, Cells | BadRowError]


class _UnclosedError(Exception):
    pass


class Rows:
    """Iterates (line where the row begins, its cells or why it can't be read). Rows without any text are passed over.

    A quotation mark that is never closed costs its own line only: what was swallowed is read again from the next.
    Raises UnreadableError where so many are open that this would not end.
    """

    def __init__(self, text: TextIO, delimiter: str) -> None:
        self._text = text
        self._delimiter = delimiter
        self._again: deque[str] = deque()  # lines to be read a second time
        self._taken: list[str] = []  # lines of the present row
        self._length = 0  # characters in them
        self._read_again = 0  # characters, of all rows
        self._line = 0
        csv.field_size_limit(max(csv.field_size_limit(), LONGEST_ROW * 2))

    def __iter__(self) -> Iterator[Row]:
        rows = self._reader()
        while True:
            start, self._taken, self._length = self._line + 1, [], 0
            try:
                cells = next(rows)
            except StopIteration:
                return
            except (csv.Error, _UnclosedError):
                rows = self._back_to_line_after(start)
                yield start, BadRowError("unclosed_quote")
            except BadRowError as error:
                rows = self._reader()
                yield start, error
            else:
                if any(cell.strip() for cell in cells):
                    yield start, _checked(cells)

    def _reader(self) -> "Iterator[Cells]":
        return csv.reader(self._lines(), delimiter=self._delimiter, strict=True)

    def _back_to_line_after(self, start: int) -> Iterator[Cells]:
        self._read_again += self._length
        if self._read_again > MOST_READ_AGAIN:
            raise UnreadableError(f"Too many quotation marks are never closed, up to line {start}. {SAVE_ANEW}")
        self._again.extendleft(reversed(self._taken[1:]))
        self._line = start
        return self._reader()

    def _lines(self) -> Iterator[str]:
        """The csv module asks for another line within a row only while a quotation mark is open."""
        while line := self._next():
            self._line += 1
            self._taken.append(line)
            self._length += len(line)
            if self._length >= LONGEST_ROW:
                raise _UnclosedError if len(self._taken) > 1 else BadRowError("long_cell")
            yield line
        if self._taken:
            raise _UnclosedError

    def _next(self) -> str:
        """The next line; of an endless one its beginning."""
        if self._again:
            return self._again.popleft()
        line = rest = self._text.readline(LONGEST_ROW)
        while len(rest) == LONGEST_ROW and not rest.endswith(("\n", "\r")):
            rest = self._text.readline(LONGEST_ROW)
        return line


def _checked(cells: Cells) -> Cells | BadRowError:
    if any(len(cell) > LONGEST_CELL for cell in cells):
        return BadRowError("long_cell")
    return BadRowError("bad_characters") if any(map(_NO_TEXT.search, cells)) else cells


def opened(file: io.BufferedReader, encoding: str) -> TextIO:
    """Bytes that are no text become half characters, which no cell may have."""
    errors = "replace" if encoding.startswith("utf-16") else "surrogateescape"
    return io.TextIOWrapper(file, encoding=encoding, errors=errors, newline="")
