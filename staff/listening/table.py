"""An uploaded table of mentions: looked at first, line by line, and taken in when a person says so."""

from collections.abc import Iterable
from contextlib import suppress
from dataclasses import asdict, dataclass, field
from datetime import UTC, date, datetime, time
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.dateparse import parse_date, parse_datetime

from community.members.text import tidy_line
from community.outside.csv_files import Line, read_table
from staff.listening.sources import source_named
from staff.listening.taking import LONGEST_URL, name_of, take, web_address
from staff.listening.wording import plain_text
from staff.models import Mention, Source
from staff.models.listening import BY_FILE

MOST_ROWS = 2000
MOST_PLACES = 30
COLUMNS = {
    "id": "id", "external_id": "id", "post_id": "id", "url": "url", "link": "url", "address": "url",
    "permalink": "url", "author": "author", "handle": "author", "user": "author", "username": "author",
    "author_url": "author_url", "profile": "author_url", "title": "title", "subject": "title", "headline": "title",
    "text": "text", "body": "text", "content": "text", "message": "text", "snippet": "text",
    "published_at": "published_at", "published": "published_at", "date": "published_at", "time": "published_at",
    "created_at": "published_at", "source": "place", "place": "place", "platform": "place", "network": "place",
}  # fmt: skip


@dataclass
class Row:
    """What one line says, as plain values that a task can carry. `published_at` is ISO 8601 or empty."""

    place: str = ""
    id: str = ""
    url: str = ""
    author: str = ""
    author_url: str = ""
    title: str = ""
    text: str = ""
    published_at: str = ""

    def as_values(self) -> dict[str, Any]:
        return asdict(self)


@dataclass
class Looked:
    """The result of a dry run. `problems` are (line, sentence); `known` were taken before and change nothing."""

    rows: list[Row] = field(default_factory=list)
    problems: list[tuple[int, str]] = field(default_factory=list)
    known: int = 0


def look_through(data: bytes, *, place: str) -> Looked:
    """Read the table and write nothing. `place` is where rows are from that do not say so. Raises BadTableError."""
    looked, seen = Looked(), set()
    for line in read_table(data, columns=COLUMNS, needed=["text"], most_rows=MOST_ROWS):
        try:
            row = _row(line, place)
            key = (row.place.lower(), name_of(row.id, row.url))
        except ValidationError as error:
            looked.problems.append((line.number, error.messages[0]))
            continue
        if key in seen:
            looked.problems.append((line.number, "It stands in this file twice; the first one counts."))
            continue
        seen.add(key)
        looked.rows.append(row)
    if len({row.place.lower() for row in looked.rows}) > MOST_PLACES:
        raise ValidationError(f"The file names more than {MOST_PLACES} places. Is that column right?")
    looked.known = sum(_known_of(place, looked.rows) for place in {row.place.lower() for row in looked.rows})
    return looked


def _row(line: Line, place: str) -> Row:
    """Raises ValidationError with what is wrong with the line."""
    cells = {name: value for name, value in line.cells.items() if value}
    if not plain_text(cells.get("text", "")):
        raise ValidationError("It has no text.")
    if cells.get("url") and not web_address(cells["url"], LONGEST_URL):
        raise ValidationError(f"“{cells['url'][:60]}” is no web address. Begin it with https://.")
    moment = _moment(cells.pop("published_at", ""))
    return Row(**{**cells, "place": tidy_line(cells.get("place", place))[:80] or place, "published_at": moment})


def _moment(text: str) -> str:
    """ISO 8601, UTC where no zone is given. Raises ValidationError."""
    if not text:
        return ""
    try:
        found = parse_datetime(text) or _noon(parse_date(text))
    except ValueError:
        found = None
    if found is None:
        raise ValidationError(f"“{text[:40]}” is no date. Write it like 2026-11-20 14:30.")
    return (found if found.tzinfo else found.replace(tzinfo=UTC)).isoformat()


def _noon(day: date | None) -> datetime | None:
    return datetime.combine(day, time(12), tzinfo=UTC) if day else None


def _known_of(place: str, rows: Iterable[Row]) -> int:
    """How many of the rows from `place` (in small letters) were taken before. One query."""
    names = [name_of(row.id, row.url) for row in rows if row.place.lower() == place]
    return Mention.objects.filter(source__name__iexact=place, external_id__in=names).count()


def take_rows(rows: Iterable[dict[str, Any]]) -> int:
    """Take in what `Row.as_values` gave. Returns how many are here now; those known before change nothing."""
    taken = 0
    for values in rows:
        with suppress(ValidationError):  # told by the dry run already, or there is no room for one more source
            _take_row(Row(**values))
            taken += 1
    return taken


def _take_row(row: Row) -> Mention:
    values = row.as_values() | {"published_at": datetime.fromisoformat(row.published_at) if row.published_at else None}
    place, external_id = values.pop("place"), values.pop("id")
    return take(source=source_named(place or BY_FILE, Source.Kind.FILE), external_id=external_id, **values)
