"""The documented CSV (docs/importing.md): questions, answers and comments in one table, tied by id and parent_id."""

import csv
import io
from collections.abc import Iterator
from functools import partial
from itertools import islice
from operator import attrgetter
from pathlib import Path

from community.importing.material import HTML, MARKDOWN, Item, OldAuthor, OldPost, OldThread, Remark, UnreadableError
from community.importing.readers import shelf as on
from community.importing.readers.archive import Entry, entries
from community.importing.readers.parsing import line_of, moment_of, text_of, whole_of
from community.importing.readers.shelf import Row, Shelf, ShelfReader

HEAD = 64 * 1024
LONGEST_CELL = 8 * 1024**2
ENDINGS = ".csv", ".tsv", ".txt"
DELIMITERS = ",;\t|"
NEEDED = ("id", "body", "author", "created_at")
COLUMNS = (
    *NEEDED, "kind", "parent_id", "title", "format", "author_id", "author_email", "author_is_staff", "edited_at",
    "tags", "category", "product", "accepted", "score", "url", "closed_at",
)  # fmt: skip
_OTHER_NAMES = {
    "post_id": "id", "type": "kind", "parent": "parent_id", "text": "body", "content": "body", "subject": "title",
    "date": "created_at", "created": "created_at", "email": "author_email", "username": "author",
    "is_accepted": "accepted", "address": "url",
}  # fmt: skip
_YES = {"1", "yes", "y", "true", "x", "ja", "oui"}


class TableReader(ShelfReader):
    name = "CSV table"
    shelf_name = "table.sqlite3"
    orphaned = "Its parent_id is {parent}, and the table has no such row. Add it."

    def guessed_base_url(self) -> str:
        """Of the first row that has an address."""
        for _, row in islice(self.shelf().questions(0), 50):
            scheme, mark, rest = line_of(row.get("url")).partition("://")
            if mark and scheme in ("http", "https"):
                return f"{scheme}://{rest.partition('/')[0]}"
        return ""

    def _fill(self, shelf: Shelf) -> None:
        tables = 0
        for entry in entries(self.path):
            if entry.ends_in(*ENDINGS):
                head = _head(self.path, entry.name)
                _read(entry, head, shelf)
                tables += 1
        if not tables:
            raise UnreadableError("There is no CSV table in this file.")

    def _thread(self, key: str, row: Row, shelf: Shelf) -> Item:
        return _thread(key, row, shelf)


def _head(path: Path, name: str) -> bytes:
    return next(entry.open().read(HEAD) for entry in entries(path) if entry.name == name)


def encoding_of(head: bytes) -> str:
    """By the byte order mark; else UTF-8 if it is that; else Windows' western European, which most spreadsheets use."""
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "utf-16"
    try:
        head[: head.rfind(b"\n") + 1 or len(head)].decode("utf-8")
    except UnicodeDecodeError:
        return "cp1252"
    return "utf-8-sig"


def delimiter_of(header: str) -> str:
    """What the header line is parted by: the mark that makes the most known columns."""
    return max(DELIMITERS, key=lambda mark: sum(name in COLUMNS for name in _names(header.split(mark))))


def _names(cells: list[str]) -> list[str]:
    names = [cell.strip().strip('"').strip().lower().replace(" ", "_").replace("-", "_") for cell in cells]
    return [_OTHER_NAMES.get(name, name) for name in names]


def _read(entry: Entry, head: bytes, shelf: Shelf) -> None:
    encoding = encoding_of(head)
    first_line = (head.decode(encoding, "replace").lstrip("\ufeff").splitlines() or [""])[0]
    csv.field_size_limit(LONGEST_CELL)
    text = io.TextIOWrapper(io.BufferedReader(entry.open()), encoding=encoding, errors="replace", newline="")
    lines = iter(partial(text.readline, LONGEST_CELL), "")  # a packed line without end never stands in memory whole
    rows = csv.reader((line.replace("\0", "") for line in lines), delimiter=delimiter_of(first_line))
    names = _names(next(rows, []))
    missing = [name for name in NEEDED if name not in names]
    if missing:
        problem = f"the first line must name the columns, and lacks {', '.join(missing)}. See docs/importing.md."
        raise UnreadableError(f"{entry.name}: {problem}")
    try:
        for cells in rows:
            if any(cell.strip() for cell in cells):
                place = f"{entry.base_name}, line {rows.line_num}"
                _shelve(dict(zip(names, cells, strict=False)), place, shelf)
    except csv.Error as error:
        raise UnreadableError(f"{entry.name}, line {rows.line_num}: {error}. Are all quotes closed?") from error


def _shelve(row: Row, place: str, shelf: Shelf) -> None:
    key, parent = line_of(row.get("id")), line_of(row.get("parent_id"))
    kind = line_of(row.get("kind")).lower() or (on.ANSWER if parent else on.QUESTION)
    row["place"] = place
    problem = _problem(row, key, parent, kind)
    if kind == on.ANSWER and not problem and not line_of(row.get("kind")) and shelf.holds(on.ANSWER, parent):
        kind = on.COMMENT
    if not problem and any(shelf.holds(other, key) for other in (on.QUESTION, on.ANSWER, on.COMMENT)):
        problem = f"id {key} stands twice; this row is left out. Give each row its own."
    if problem:
        shelf.note(Remark("error", place, problem))
    else:
        shelf.put(kind, key, parent, row)


def _problem(row: Row, key: str, parent: str, kind: str) -> str:
    if kind not in (on.QUESTION, on.ANSWER, on.COMMENT):
        return f"kind is “{kind[:30]}”. Write question, answer or comment."
    if not key or len(key) > 90:
        return "id is empty or longer than 90 characters. Give each row its own."
    if kind == on.QUESTION and not line_of(row.get("title")):
        return "A question needs a title."
    if kind != on.QUESTION and not parent:
        return f"parent_id is empty. An {kind} says what it belongs to."
    if moment_of(row.get("created_at")) is None:
        return f"created_at is “{line_of(row.get('created_at'))[:40]}”. Write it like 2024-03-01T14:30:00Z."
    return "" if text_of(row.get("body")).strip() else "body is empty."


def _thread(key: str, row: Row, shelf: Shelf) -> Item:
    thread = OldThread(key, row["place"], line_of(row.get("title")), path=line_of(row.get("url")))
    thread.opening = _post(key, row)
    thread.opening.comments = sorted(_comments(key, shelf, on.COMMENT), key=attrgetter("created_at"))
    for number, answer in shelf.below(on.ANSWER, key):
        post = _post(number, answer)
        post.comments = sorted(_comments(number, shelf, on.COMMENT, on.ANSWER), key=attrgetter("created_at"))
        thread.answers.append(post)
    thread.answers.sort(key=attrgetter("created_at"))
    thread.tags = [tag for tag in (line_of(tag) for tag in text_of(row.get("tags")).split(",")) if tag]
    thread.category, thread.product = line_of(row.get("category")), line_of(row.get("product"))
    thread.closed_at = moment_of(row.get("closed_at"))
    return thread


def _post(key: str, row: Row) -> OldPost:
    created = moment_of(row["created_at"])
    assert created is not None  # noqa: S101 - _problem saw to it
    return OldPost(
        key=key,
        author=_author(row),
        created_at=created,
        text=text_of(row["body"]),
        markup=HTML if line_of(row.get("format")).lower() == "html" else MARKDOWN,
        edited_at=moment_of(row.get("edited_at")),
        score=whole_of(row.get("score")),
        path=line_of(row.get("url")),
        is_accepted=line_of(row.get("accepted")).lower() in _YES,
    )


def _comments(key: str, shelf: Shelf, *kinds: str) -> Iterator[OldPost]:
    """What was said to an answer or a comment: one level here, however deep it was there."""
    for kind in kinds:
        for number, row in shelf.below(kind, key):
            yield _post(number, row)
            yield from _comments(number, shelf, on.COMMENT, on.ANSWER)


def _author(row: Row) -> OldAuthor:
    name, email = line_of(row.get("author")), line_of(row.get("author_email")).lower()
    key = line_of(row.get("author_id")) or email or f"name:{name.lower()[:90]}"
    is_staff = line_of(row.get("author_is_staff")).lower() in _YES
    return OldAuthor(key[:100], name, name, email if "@" in email else "", is_staff)
