"""One module a format, and `reader_for`, which tells them apart by what is in the file, never by its name."""

from collections.abc import Iterator
from pathlib import Path

from community.importing.material import Reader, UnreadableError
from community.importing.readers.archive import entries
from community.importing.readers.discourse import DiscourseReader
from community.importing.readers.own_export import OwnExportReader
from community.importing.readers.stack_exchange import StackExchangeReader
from community.importing.readers.table import TableReader, delimiter_of, encoding_of, looks_like_table

HEAD = 64 * 1024
MOST_LOOKED_AT = 50
NOT_KNOWN = (
    "No format was recognised in this file. Give Discourse topics (.json, or many in a zip, tar.gz or folder), a Stack "
    "Exchange dump (Posts.xml), a CSV table as described in docs/importing.md, or an export of this software."
)


def reader_for(path: Path, work: Path) -> Reader:
    """The reader for `path`. `work` is a folder for what has to be sorted. Raises UnreadableError."""
    try:
        for name, head in _heads(path):
            if _is_own_export(head):
                return OwnExportReader(path)
            if _is_dump(head):
                return StackExchangeReader(path, work)
            if head.lstrip(b"\xef\xbb\xbf \r\n\t").startswith(b"{") and (b"post_stream" in head or b'"topic' in head):
                return DiscourseReader(path)
            if looks_like_table(name) and _is_table(head):
                return TableReader(path, work)
    except OSError as error:
        raise UnreadableError(f"The file can't be read: {error.strerror or error}.") from error
    raise UnreadableError(NOT_KNOWN)


def _heads(path: Path) -> Iterator[tuple[str, bytes]]:
    for place, entry in enumerate(entries(path)):
        if place >= MOST_LOOKED_AT:
            return
        yield entry.base_name, entry.open().read(HEAD)


def _is_own_export(head: bytes) -> bool:
    return head.startswith(b'{"kind": "community"')


def _is_dump(head: bytes) -> bool:
    start = head[:500].lower()
    return any(f"<{root}>".encode() in start for root in ("posts", "users", "comments", "votes", "postlinks", "badges"))


def _is_table(head: bytes) -> bool:
    """A members' list beside topics is a table too, but none of conversations."""
    header = (head.decode(encoding_of(head), "replace").lstrip("\ufeff").splitlines() or [""])[0].lower()
    return bool(header) and "body" in header.replace("text", "body").replace("content", "body").split(
        delimiter_of(header)
    )
