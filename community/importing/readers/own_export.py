"""Our own export (docs/exporting.md): one line of JSON a thing, so that a community can move from here to here."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from community.importing.material import MARKDOWN, Item, OldAuthor, OldPost, OldThread, Remark
from community.importing.readers.archive import entries
from community.importing.readers.parsing import line_of, moment_of, text_of, whole_of

LONGEST_LINE = 64 * 1024**2  # bytes
Row = dict[str, Any]


class OwnExportReader:
    name = "Second Conversation export"

    def __init__(self, path: Path) -> None:
        self.path = path

    def items(self, start: int = 0) -> Iterator[Item]:
        for place, (where, line) in enumerate(self._threads()):
            if place >= start:
                yield _read(line, where)

    def guessed_base_url(self) -> str:
        for _, line in self._lines():
            if line.startswith(b'{"kind": "community"'):
                return line_of(json.loads(line).get("address"))
            break
        return ""

    def _threads(self) -> Iterator[tuple[str, bytes]]:
        return (found for found in self._lines() if found[1].startswith(b'{"kind": "thread"'))

    def _lines(self) -> Iterator[tuple[str, bytes]]:
        for entry in entries(self.path):
            stream, rest, number = entry.open(), b"", 0
            while data := stream.read(1024 * 1024):
                *lines, rest = (rest + data).split(b"\n")
                for line in lines:
                    number += 1
                    yield f"{entry.base_name}, line {number}", line
                if len(rest) > LONGEST_LINE:
                    return
            if rest:
                yield f"{entry.base_name}, line {number + 1}", rest


def _read(line: bytes, place: str) -> Item:
    try:
        row = json.loads(line)
        if row["thread"] != "question":
            return Remark("skipped", place, "A review. Reviews move as a table: export_reviews, import_reviews.")
        return _thread(row, place)
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return Remark("error", place, "This line is no thread of an export. Was the file cut or edited?")


def _thread(row: Row, place: str) -> OldThread:
    thread = OldThread(str(row["id"]), place, line_of(row["title"]), path=line_of(row.get("address")))
    thread.tags, thread.category = [line_of(tag) for tag in row["tags"]], line_of(row.get("category"))
    thread.product, thread.closed_at = line_of(row.get("product")), moment_of(row.get("closed_at"))
    if duplicate := row.get("duplicate"):
        thread.duplicate_of, thread.duplicate_by = str(duplicate["of"]), _author(duplicate["by"])
        thread.duplicate_at = moment_of(duplicate["at"])
    posts = {post["id"]: _post(post) for post in row["posts"]}
    for data in row["posts"]:
        post = posts[data["id"]]
        if data["post"] == "opening":
            thread.opening = post
        elif data["post"] == "answer":
            thread.answers.append(post)
        else:
            posts[data["on"]].comments.append(post)
        if data.get("accepted"):
            post.is_accepted = True
            thread.accepted_at = moment_of(data["accepted"]["at"])
            thread.accepted_by = _author(data["accepted"]["by"])
    return thread


def _post(row: Row) -> OldPost:
    created = moment_of(row["created_at"])
    if created is None:
        raise ValueError("no date")
    helpful = whole_of(row.get("helpful")) or 0
    return OldPost(
        key=str(row["id"]),
        author=_author(row["author"]),
        created_at=created,
        text=text_of(row["body"]),
        markup=MARKDOWN,
        edited_at=moment_of(row.get("edited_at")),
        score=helpful - (whole_of(row.get("unhelpful")) or 0),
        path=line_of(row.get("address")),
    )


def _author(row: Row) -> OldAuthor:
    """Who was erased has no number and no username left, only what is shown in their place."""
    username, name = line_of(row["username"]), line_of(row.get("name"))
    key = str(row["id"] or f"name:{name[:90]}")
    return OldAuthor(
        key, name, username, is_staff=bool(row.get("is_staff")), path=f"members/{username}" if username else ""
    )
