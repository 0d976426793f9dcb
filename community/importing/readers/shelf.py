"""Puts the rows of a file into order on disk: dumps list posts by age, while a thread is wanted whole."""

import json
import sqlite3
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator
from itertools import islice
from pathlib import Path
from typing import Any

from community.importing.material import Item, Remark

Row = dict[str, Any]
QUESTION, ANSWER, COMMENT, USER, ACCEPTED, DUPLICATE = "question", "answer", "comment", "user", "accepted", "duplicate"
_TABLES = """
    CREATE TABLE thing (kind TEXT, id TEXT, parent TEXT, data TEXT, PRIMARY KEY (kind, id)) WITHOUT ROWID;
    CREATE TABLE remark (kind TEXT, place TEXT, text TEXT);
"""
_INDEXES = """
    CREATE TABLE queue AS SELECT id FROM thing WHERE kind = 'question' ORDER BY CAST(id AS INTEGER), id;
    CREATE INDEX by_parent ON thing (parent, kind);
"""
_DONE = 1


class Shelf:
    """A file of its own, filled once. `fill` may be interrupted: it then begins anew the next time."""

    def __init__(self, file: Path) -> None:
        self.file = file
        self._connection: sqlite3.Connection | None = None

    def filled_by(self, fill: Callable[["Shelf"], None]) -> "Shelf":
        if self._connection is not None:
            return self
        self.file.parent.mkdir(parents=True, exist_ok=True)
        if not self._is_full():
            self.file.unlink(missing_ok=True)
            self._open()
            self._run.executescript(_TABLES)
            fill(self)
            self._run.executescript(_INDEXES)
            self._run.execute(f"PRAGMA user_version = {_DONE}")
            self._run.commit()
        return self

    def _is_full(self) -> bool:
        if not self.file.exists():
            return False
        self._open()
        if self._run.execute("PRAGMA user_version").fetchone()[0] == _DONE:
            return True
        self.close()
        return False

    def _open(self) -> None:
        self._connection = sqlite3.connect(self.file, check_same_thread=False)
        self._connection.execute("PRAGMA journal_mode = OFF")
        self._connection.execute("PRAGMA synchronous = OFF")

    @property
    def _run(self) -> sqlite3.Connection:
        assert self._connection is not None  # noqa: S101 - a slip of ours, not of the file
        return self._connection

    def close(self) -> None:
        if self._connection is not None:
            self._connection.close()
            self._connection = None

    def put(self, kind: str, key: str, parent: str, row: Row) -> bool:
        """False if there is one already."""
        values = kind, key, parent, json.dumps(row, ensure_ascii=False)
        return bool(self._run.execute("INSERT OR IGNORE INTO thing VALUES (?, ?, ?, ?)", values).rowcount)

    def note(self, remark: Remark) -> None:
        self._run.execute("INSERT INTO remark VALUES (?, ?, ?)", (remark.kind, remark.place, remark.text))

    def questions(self, start: int) -> Iterator[tuple[str, Row]]:
        query = "SELECT q.id, t.data FROM queue q JOIN thing t ON t.kind = 'question' AND t.id = q.id WHERE q.rowid > ?"
        for key, data in self._run.execute(f"{query} ORDER BY q.rowid", (start,)):
            yield key, json.loads(data)

    def question_count(self) -> int:
        return int(self._run.execute("SELECT COUNT(*) FROM queue").fetchone()[0])

    def below(self, kind: str, parent: str) -> list[tuple[str, Row]]:
        """What stands under `parent`, in the order of its numbers."""
        query = "SELECT id, data FROM thing WHERE parent = ? AND kind = ? ORDER BY CAST(id AS INTEGER), id"
        return [(key, json.loads(data)) for key, data in self._run.execute(query, (parent, kind))]

    def one(self, kind: str, key: str) -> Row | None:
        found = self._run.execute("SELECT data FROM thing WHERE kind = ? AND id = ?", (kind, key)).fetchone()
        return json.loads(found[0]) if found else None

    def holds(self, kind: str, key: str) -> bool:
        return self._run.execute("SELECT 1 FROM thing WHERE kind = ? AND id = ?", (kind, key)).fetchone() is not None

    def remarks(self) -> Iterator[Remark]:
        query = "SELECT kind, place, text FROM remark ORDER BY rowid"
        yield from (Remark(*row) for row in self._run.execute(query))

    def without_parent(self) -> Iterator[tuple[str, str, str]]:
        """Kind, id and parent of answers and comments whose parent is not there."""
        query = """
            SELECT t.kind, t.id, t.parent FROM thing t WHERE t.kind IN ('answer', 'comment') AND NOT EXISTS (
                SELECT 1 FROM thing p WHERE p.id = t.parent AND p.kind IN ('question', 'answer', 'comment')
            ) ORDER BY t.kind, t.id"""
        yield from self._run.execute(query)


class ShelfReader(ABC):
    """Reads a file whose rows are put into order first: its questions, then what of it can't be brought."""

    shelf_name: str
    orphaned: str  # the sentence on a row whose parent is missing; may name its {kind} and the {parent}

    def __init__(self, path: Path, work: Path) -> None:
        self.path = path
        self._shelf = Shelf(work / self.shelf_name)

    def items(self, start: int = 0) -> Iterator[Item]:
        shelf = self.shelf()
        for key, row in shelf.questions(start):
            yield self._thread(key, row, shelf)
        yield from islice(self._rest(shelf), max(0, start - shelf.question_count()), None)

    def shelf(self) -> Shelf:
        """Filled, if it wasn't yet."""
        return self._shelf.filled_by(self._fill)

    @abstractmethod
    def _fill(self, shelf: Shelf) -> None:
        """Put every row of the file on the shelf. Raises UnreadableError."""

    @abstractmethod
    def _thread(self, key: str, row: Row, shelf: Shelf) -> Item:
        """The question `key` with all that stands under it."""

    def _rest(self, shelf: Shelf) -> Iterator[Remark]:
        yield from shelf.remarks()
        for kind, key, parent in shelf.without_parent():
            yield Remark("error", f"{kind} {key}", self.orphaned.format(kind=kind, parent=parent))
