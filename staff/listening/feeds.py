"""Reads RSS 0.9x, 1.0 and 2.0 and Atom. Strict XML; whoever declares an entity is refused (billion laughs, XXE).

Our own reader on Python's expat, not feedparser: that one looks at the files a DOCTYPE names, brings Python 2's sgmllib
along for broken feeds, and does ten times what is wanted here.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from html.entities import html5
from typing import Any
from urllib.parse import urljoin
from xml.parsers import expat

from django.utils.dateparse import parse_datetime

MOST_ENTRIES = 200
MOST_TEXT = 100_000  # characters of one entry that are looked at
DEEPEST = 100
_ATOM = "http://www.w3.org/2005/Atom"
_NAMED = re.compile(r"^\S+@\S+ \((.+)\)$")  # RSS: ann@example.com (Ann Lee)
_ROOTS = {"rss", "RDF", "feed"}
# local name in the feed → what it is to us; the first that is filled wins, in this order
_WORDS = {
    "id": ("id", "guid", "identifier"),
    "title": ("title",),
    "text": ("encoded", "content", "description", "summary"),
    "author": ("creator", "name", "author", "contributor"),
    "date": ("published", "pubDate", "issued", "created", "date", "updated", "modified"),
}


class BadFeedError(Exception):
    """What is wrong with a feed, in a sentence for the page of sources."""


@dataclass
class Entry:
    """`text` may be HTML. `id` is never empty for an entry that `read_feed` returns."""

    id: str = ""
    url: str = ""
    title: str = ""
    text: str = ""
    author: str = ""
    published_at: datetime | None = None


@dataclass
class _Item:
    words: dict[str, str] = field(default_factory=dict)
    link: str = ""


def read_feed(data: bytes, *, charset: str = "", base_url: str = "") -> list[Entry]:
    """At most 200 entries, in the feed's order; without a name of their own they go by their address.

    Raises BadFeedError. `charset` is what the server said; the file's own word is used where it is silent.
    """
    reader = _Reader()
    parser = _parser(reader, charset)
    try:
        parser.Parse(data.lstrip(b" \t\r\n"), True)
    except expat.ExpatError as error:
        raise BadFeedError(
            f"It is not well-formed XML: {expat.ErrorString(error.code)}, line {error.lineno}."
        ) from error
    except (LookupError, ValueError) as error:
        raise BadFeedError("It is written in an encoding that is not known.") from error
    if reader.root not in _ROOTS:
        raise BadFeedError("It is XML, but neither RSS nor Atom. Use the address of the feed itself.")
    entries = (_entry(item, base_url) for item in reader.items)
    return [entry for entry in entries if entry.id][:MOST_ENTRIES]


def _parser(reader: "_Reader", charset: str) -> Any:
    known = charset if charset.lower() in ("utf-8", "utf-16", "iso-8859-1", "us-ascii") else None
    parser = expat.ParserCreate(known, namespace_separator=" ")
    parser.buffer_text = True
    parser.UseForeignDTD(True)  # without it, “&nbsp;” in a feed without DOCTYPE is an error; nothing is loaded
    parser.StartElementHandler = reader.start
    parser.EndElementHandler = reader.end
    parser.CharacterDataHandler = reader.said
    parser.SkippedEntityHandler = reader.entity
    parser.EntityDeclHandler = _refuse
    return parser


def _refuse(*_: Any) -> None:
    raise BadFeedError("It declares XML entities. No feed needs them, so it is not read.")


class _Reader:
    """Collects the words of each item. What stands inside an element of an item (XHTML) counts as its text."""

    def __init__(self) -> None:
        self.root = ""
        self.items: list[_Item] = []
        self._path: list[str] = []
        self._item: _Item | None = None
        self._item_depth = 0
        self._words: list[str] = []
        self._size = 0

    def start(self, name: str, attributes: dict[str, str]) -> None:
        namespace, _, local = name.rpartition(" ")
        self._path.append(local)
        self.root = self.root or local
        if len(self._path) > DEEPEST:
            raise BadFeedError("Its elements are nested too deeply.")
        if self._item is None:
            if local in ("item", "entry"):
                self._item, self._item_depth = _Item(), len(self._path)
        elif len(self._path) == self._item_depth + 1:
            self._words, self._size = [], 0
            if namespace == _ATOM and local == "link":
                self._link(attributes)
        elif self._path[self._item_depth] not in ("author", "contributor"):
            self.said("\n" if local in ("p", "br", "div", "li") else "")

    def end(self, name: str) -> None:
        local = name.rpartition(" ")[2]
        depth = len(self._path)
        self._path.pop()
        if self._item is None:
            return
        if depth == self._item_depth:
            self.items.append(self._item)
            self._item = None
        elif depth == self._item_depth + 1 or (depth == self._item_depth + 2 and local == "name"):
            words = "".join(self._words).strip()
            self._words, self._size = [], 0
            if local == "link" and words:
                self._item.link = self._item.link or words
            elif words:
                self._item.words.setdefault(local, words)

    def said(self, words: str) -> None:
        if self._item is not None and self._size < MOST_TEXT:
            self._words.append(words[: MOST_TEXT - self._size])
            self._size += len(words)

    def entity(self, name: str, is_parameter: int) -> None:
        """HTML's names for letters; any other is left out."""
        if not is_parameter:
            self.said(html5.get(f"{name};", ""))

    def _link(self, attributes: dict[str, str]) -> None:
        if self._item is not None and attributes.get("rel", "alternate") == "alternate":
            self._item.link = self._item.link or attributes.get("href", "")


def _entry(item: _Item, base_url: str) -> Entry:
    found = {kind: _first(item.words, names) for kind, names in _WORDS.items()}
    link = item.link or (found["id"] if found["id"].startswith(("http://", "https://")) else "")
    url = _address(link, base_url)
    return Entry(
        id=found["id"] or url,
        url=url,
        title=found["title"],
        text=found["text"],
        author=_NAMED.sub(r"\1", found["author"]),
        published_at=_moment(found["date"]),
    )


def _first(words: dict[str, str], names: Iterable[str]) -> str:
    return next((words[name] for name in names if words.get(name)), "")


def _address(link: str, base_url: str) -> str:
    try:
        url = urljoin(base_url, link.strip())
    except ValueError:
        return ""
    return url if url.startswith(("http://", "https://")) and len(url) <= 1000 else ""


def _moment(text: str) -> datetime | None:
    """RFC 822 as in RSS, or ISO 8601 as in Atom."""
    try:
        found = parse_datetime(text) or parsedate_to_datetime(text)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
    return found if found.tzinfo else found.replace(tzinfo=UTC)
