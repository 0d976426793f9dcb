"""Reads a Whoosh index as arrays that stay in memory: a segment never changes, so what was decoded once stays true.

Whoosh itself walks posting by posting, in Python, on every query: 50 to 500 ms at 10,000 threads. Here a word's
postings are decoded once a segment (5 ms for 5,000) and then added up in bulk (0.1 ms for 1,000 postings).
"""

from array import array
from bisect import bisect_left
from collections import OrderedDict
from collections.abc import Callable, Hashable, Iterator
from copy import copy
from threading import RLock
from typing import Any, NamedTuple

from whoosh.codec.whoosh3 import W3LeafMatcher
from whoosh.filedb.filestore import Storage
from whoosh.index import FileIndex
from whoosh.query import Query
from whoosh.reading import SegmentReader
from whoosh.searching import Searcher

MOST_KEPT = 2_000_000  # postings kept decoded in one segment, 8 bytes each
MOST_ANSWERS = 500
OWN_COST = 50  # what keeping a word costs besides its postings, in postings


class Postings(NamedTuple):
    """Documents (numbers within the segment, ascending), and a number for each: how often it holds a word, say."""

    documents: array
    weights: array


def rounded(number: float) -> float:
    """With two digits: a number of the whole index that is to stay the same while single documents come and go."""
    return float(f"{number:.2g}")


class Segment:
    """One immutable part of an index. The lock is for the file underneath, which has one reading position."""

    def __init__(self, storage: Storage, schema: object, segment: object) -> None:
        bare = copy(segment)
        bare._deleted = None  # type: ignore[attr-defined]  # deletions change; the snapshot knows them
        self._reader = SegmentReader(storage, schema, bare)
        self._lock = RLock()
        self._kept: OrderedDict[tuple[str | float, ...], Postings] = OrderedDict()
        self._kept_cost = 0
        self._lengths: dict[str, array] = {}
        self._labels: dict[str, list[str]] = {}
        self._numbers: dict[str, array] = {}
        self._words: dict[str, dict[str, int]] = {}
        self._alphabet: dict[str, list[str]] = {}
        self.size: int = self._reader.doc_count_all()

    def postings(self, field: str, term: str) -> Postings:
        """The documents that hold a term, and how often. Empty for a term that isn't there."""
        return self.kept((field, term), lambda: self._decode(field, term))

    def kept(self, key: tuple[str | float, ...], make: Callable[[], Postings]) -> Postings:
        """What `make` returned for this key before, or returns now. The least recently used go first."""
        with self._lock:
            known = self._kept.get(key)
            if known is not None:
                self._kept.move_to_end(key)
                return known
            made = self._kept[key] = make()
            self._kept_cost += len(made.documents) + OWN_COST
            while self._kept_cost > MOST_KEPT and len(self._kept) > 1:
                self._kept_cost -= len(self._kept.popitem(last=False)[1].documents) + OWN_COST
            return made

    def documents(self, field: str, term: str) -> array:
        """The documents that hold a term, read anew: for identifiers, which nobody asks for twice."""
        with self._lock:
            return self._decode(field, term).documents

    def _decode(self, field: str, term: str) -> Postings:
        found = Postings(array("I"), array("f"))
        if (field, term) in self._reader:
            matcher = self._reader.postings(field, term)
            while not isinstance(matcher, W3LeafMatcher) and matcher.is_active():  # a few, kept beside the word
                found.documents.append(matcher.id())
                found.weights.append(matcher.weight())
                matcher.next()
            while isinstance(matcher, W3LeafMatcher) and matcher.is_active():  # by the block: a tenth of the time
                matcher._read_ids()
                matcher._read_weights()
                found.documents.extend(matcher._ids)
                found.weights.extend(matcher._weights)
                matcher._next_block()
        return found

    def lengths(self, field: str) -> array:
        """How many words each document has in `field`."""
        with self._lock:
            if field not in self._lengths:
                length = self._reader.doc_field_length
                self._lengths[field] = array("f", (length(number, field, 0) or 0 for number in range(self.size)))
            return self._lengths[field]

    def labels(self, field: str) -> list[str]:
        """The value of a field for each document, several parted by commas; empty where it has none."""
        with self._lock:
            if field not in self._labels:
                values = [""] * self.size
                for term in self._reader.lexicon(field) if field in self._reader.schema else ():
                    for number in self._decode(field, term.decode()).documents:
                        values[number] = f"{values[number]},{term.decode()}" if values[number] else term.decode()
                self._labels[field] = values
            return self._labels[field]

    def numbers(self, field: str) -> array:
        """The number in a one-word field for each document; 1 where it has none."""
        with self._lock:
            if field not in self._numbers:
                self._numbers[field] = array("f", (float(label or 1) for label in self.labels(field)))
            return self._numbers[field]

    def words(self, field: str) -> dict[str, int]:
        """Every word of a field in alphabetical order, with the number of documents that hold it."""
        with self._lock:
            if field not in self._words:
                known = self._reader.iter_field(field) if field in self._reader.schema else ()
                self._words[field] = {term.decode(): int(about.doc_frequency()) for term, about in known}
                self._alphabet[field] = list(self._words[field])
            return self._words[field]

    def beginning(self, field: str, start: str) -> list[str]:
        """The words that begin so, commonest first."""
        words = self.words(field)
        alphabet = self._alphabet[field]
        first, end = bisect_left(alphabet, start), bisect_left(alphabet, f"{start}\U0010ffff")
        return sorted(alphabet[first:end], key=lambda word: -words[word])

    def matching(self, query: Query) -> set[int]:
        """The documents of any query that Whoosh can run: phrases, prefixes, ranges."""
        with self._lock:
            return set(Searcher(self._reader, closereader=False).docs_for_query(query))

    def stored(self, number: int) -> dict[str, str]:
        with self._lock:
            return dict(self._reader.stored_fields(number))


class Part(NamedTuple):
    """A segment as one snapshot sees it."""

    segment: Segment
    offset: int
    deleted: frozenset[int]


class Snapshot:
    """The whole index at one generation. Shared by all threads of a process; never changes."""

    def __init__(self, name: str, index: FileIndex, before: "Snapshot | None" = None) -> None:
        info = index._read_toc()
        self.name, self.index, self.generation = name, index, info.generation
        known = before.segments if before and before.name == name else {}
        self.segments: dict[str, Segment] = {}
        self.parts: list[Part] = []
        offset = 0
        for described in info.segments:
            key = described.segment_id()
            segment = known.get(key) or Segment(index.storage, info.schema, described)
            self.segments[key] = segment
            self.parts.append(Part(segment, offset, frozenset(described.deleted_docs())))
            offset += segment.size
        self.size = offset - sum(len(part.deleted) for part in self.parts)
        self._answers: OrderedDict[Hashable, Any] = OrderedDict()
        self._means: dict[str, float] = {}

    def is_current(self, name: str) -> bool:
        return name == self.name and self.index.latest_generation() == self.generation

    def answer(self, question: Hashable, find: Callable[[], Any]) -> Any:
        """What `find` returned for this question before, or returns now: it can't change within one snapshot."""
        known = self._answers.get(question)
        if known is None:
            known = self._answers[question] = find()
            if len(self._answers) > MOST_ANSWERS:
                self._answers.popitem(last=False)
        return known

    def frequency(self, field: str, term: str) -> int:
        """How many documents hold the word; those deleted since the last merge count along."""
        return sum(len(part.segment.postings(field, term).documents) for part in self.parts)

    def mean_length(self, field: str) -> float:
        """Of `field`, in words."""
        if field not in self._means:
            lengths = [part.segment.lengths(field) for part in self.parts]
            count = sum(map(len, lengths))
            self._means[field] = rounded(sum(map(sum, lengths)) / count) if count else 0.0
        return self._means[field] or 1.0

    def find(self, identifier: str) -> int | None:
        """The number of the document with this id, in the whole index."""
        for segment, offset, deleted in self.parts:
            for number in segment.documents("id", identifier):
                if number not in deleted:
                    return offset + number
        return None

    def stored(self, number: int) -> dict[str, str]:
        part = next(part for part in reversed(self.parts) if part.offset <= number)
        return part.segment.stored(number - part.offset)

    def numbers(self) -> Iterator[int]:
        """Every document that is not deleted."""
        for segment, offset, deleted in self.parts:
            yield from (offset + number for number in range(segment.size) if number not in deleted)
