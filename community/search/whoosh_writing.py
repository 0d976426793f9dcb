"""Writes changes into a Whoosh index, and keeps its parts few."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from whoosh.index import FileIndex
from whoosh.reading import SegmentReader
from whoosh.writing import SegmentWriter

from community.search.documents import Document
from community.search.whoosh_reader import Snapshot

PARTS_OF_ONE_SIZE = 5
MOST_DELETED = 1 / 3
MEGABYTES = 64


def write(snapshot: Snapshot, changes: Mapping[str, Document | None]) -> int:
    """Put each document in place of the one of that identifier; None takes it out. Returns how many differed.

    The caller holds the store's lock, and `snapshot` is the newest. Nothing is written if nothing differs.
    """
    due = [(snapshot.find(identifier), document) for identifier, document in changes.items()]
    due = [change for change in due if _differs(snapshot, *change)]
    if not due:
        return 0
    with _writer(snapshot.index, MEGABYTES) as writer:
        for number, document in due:
            if number is not None:
                writer.delete_document(number)
            if document is not None:
                writer.add_document(**document)
    return len(due)


def fill(index: FileIndex, documents: Iterable[Document], on_progress: Callable[[int], None]) -> None:
    """Write documents into an index that nobody reads yet. `on_progress` hears how many are done."""
    with _writer(index, 4 * MEGABYTES) as writer:
        for count, document in enumerate(documents, 1):
            writer.add_document(**document)
            on_progress(count)


@contextmanager
def _writer(index: FileIndex, megabytes: int) -> Iterator[SegmentWriter]:
    """All that is done inside becomes visible at its end, or nothing of it."""
    writer = index.writer(limitmb=megabytes)
    try:
        yield writer
    except BaseException:
        writer.cancel()
        raise
    writer.commit(mergetype=merge_small_parts)


def _differs(snapshot: Snapshot, number: int | None, document: Document | None) -> bool:
    if number is None or document is None:
        return number is not None or document is not None
    return snapshot.stored(number)["fingerprint"] != document["fingerprint"]


def merge_small_parts(writer: SegmentWriter, segments: list[Any]) -> list[Any]:
    """Whoosh's hook: join parts of about one size when there are several, and rewrite one that is mostly deleted.

    So there are at most four parts for each power of ten, and each document is rewritten a few times in its life.
    """
    of_size = defaultdict(list)
    for segment in segments:
        if segment.doc_count():
            of_size[len(str(segment.doc_count()))].append(segment)
    kept = []
    for alike in of_size.values():
        joins = len(alike) >= PARTS_OF_ONE_SIZE
        for segment in alike:
            if joins or segment.deleted_count() > segment.doc_count_all() * MOST_DELETED:
                _copy(writer, segment)
            else:
                kept.append(segment)
    return kept


def _copy(writer: SegmentWriter, segment: Any) -> None:
    reader = SegmentReader(writer.storage, writer.schema, segment)
    writer.add_reader(reader)
    reader.close()
