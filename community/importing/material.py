"""What every reader makes of its file: threads with posts and authors, as they were there, before anything is saved."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol

HTML, MARKDOWN, RAW = "html", "markdown", "raw"


@dataclass(frozen=True)
class OldAuthor:
    """`key` names them in their community. `email` only if the file gives it: never shown, never written to."""

    key: str
    name: str = ""
    username: str = ""
    email: str = ""
    is_staff: bool = False
    path: str = ""
    joined_at: datetime | None = None


@dataclass
class OldPost:
    """`markup` says how `text` is written: HTML, Markdown, or Discourse's raw text. `path` is its old address."""

    key: str
    author: OldAuthor
    created_at: datetime
    text: str
    markup: str = HTML
    edited_at: datetime | None = None
    score: int | None = None
    path: str = ""
    is_accepted: bool = False
    comments: list["OldPost"] = field(default_factory=list)


@dataclass
class OldThread:
    """A question with its answers, in the order of the old page. `missing` posts are not in the file.

    A part of a thread that comes in several files has no `opening` and no title.
    """

    key: str
    place: str
    title: str = ""
    opening: OldPost | None = None
    answers: list[OldPost] = field(default_factory=list)
    tags: Sequence[str] = ()
    category: str = ""
    product: str = ""
    path: str = ""
    missing: int = 0
    closed_at: datetime | None = None
    accepted_by: OldAuthor | None = None
    accepted_at: datetime | None = None
    duplicate_of: str = ""
    duplicate_by: OldAuthor | None = None
    duplicate_at: datetime | None = None
    remarks: list["Remark"] = field(default_factory=list)

    def posts(self) -> Iterator[OldPost]:
        """All of them, each before its comments."""
        for post in ([self.opening] if self.opening else []) + self.answers:
            yield post
            yield from post.comments

    def authors(self) -> Iterator[OldAuthor]:
        yield from (post.author for post in self.posts())
        yield from (author for author in (self.accepted_by, self.duplicate_by) if author)


@dataclass(frozen=True)
class Remark:
    """What a person should know: `kind` is one of ImportNote.Kind, `text` says the reason and what to do."""

    kind: str
    place: str
    text: str


Item = OldThread | Remark


class Reader(Protocol):
    """Reads one file or folder. Items come in the same order each time, so that a run can go on at a position."""

    name: str

    def items(self, start: int = 0) -> Iterator[Item]:
        """Everything from item `start` on. Holds one item in memory at a time."""
        ...

    def guessed_base_url(self) -> str:
        """The old address, as far as the file tells; else empty."""
        ...


class UnreadableError(Exception):
    """The file as a whole can't be read; the sentence says why and what to do."""
