"""Haystack's Whoosh engine, tuned: what was read stays in memory, one writer at a time, nothing that was asked is lost.

Differences from the stock backend: reading goes through `whoosh_reader` and `whoosh_ranking`; a write reads the
database anew while it alone may write, and changes only documents that differ; a write that finds the index busy waits,
then raises IndexBusyError; `rebuild` makes a new index beside the old one and swaps. Texts are not kept in the index:
pages read them from the database, where hiding is decided.
"""

from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager
from itertools import chain
from threading import Lock
from typing import Any

from haystack import connections
from haystack.backends.whoosh_backend import WhooshEngine, WhooshSearchBackend
from haystack.constants import DJANGO_CT, DJANGO_ID, ID
from haystack.exceptions import SearchBackendError
from haystack.indexes import SearchIndex
from haystack.models import SearchResult
from haystack.utils import get_identifier, get_model_ct
from whoosh import fields
from whoosh import query as q
from whoosh.qparser import QueryParser

from community.search.documents import Document, documents_of, identifier_of
from community.search.whoosh_ranking import Found, MostGroup, rank
from community.search.whoosh_reader import Snapshot
from community.search.whoosh_store import Store
from community.search.whoosh_writing import fill, write
from community.search.words import ExactAnalyzer, PairAnalyzer, WordAnalyzer

SECONDS_TO_WAIT = 20.0
ATTEMPTS_TO_OPEN = 5
ANALYZERS = {"string": WordAnalyzer, "words": ExactAnalyzer, "pairs": PairAnalyzer}
_snapshots: dict[str, Snapshot] = {}
_opening = Lock()


class TunedWhooshBackend(WhooshSearchBackend):
    def __init__(self, connection_alias: str, **options: Any) -> None:
        super().__init__(connection_alias, **options)
        self.store = Store(self.path)

    def setup(self) -> None:
        """Make sure there is an index to read. Raises OSError where it can't be made."""
        search_fields = connections[self.connection_alias].get_unified_index().all_searchfields()
        self.content_field_name, self.schema = self.build_schema(search_fields)
        self.parser = QueryParser(self.content_field_name, schema=self.schema, group=MostGroup)
        if not self.store.name():
            with self.store.writing(seconds=SECONDS_TO_WAIT):
                if not self.store.name():
                    self.store.swap(self.store.create(self.schema))
        self.setup_complete = True

    def build_schema(self, search_fields: dict[str, Any]) -> tuple[str, fields.Schema]:
        """Texts are cut into words; everything else is one exact value, or several parted by commas."""
        schema = {name: fields.ID(stored=True) for name in (ID, DJANGO_CT, DJANGO_ID, "fingerprint")}
        content = ""
        for field in search_fields.values():
            name = field.index_fieldname
            if field.is_multivalued:
                schema[name] = fields.KEYWORD(commas=True)
            elif field.field_type in ANALYZERS:
                schema[name] = fields.TEXT(analyzer=ANALYZERS[field.field_type](), phrase=field.document)
            else:
                schema[name] = fields.ID(stored=True)
            content = name if field.document else content
        return content, fields.Schema(**schema)

    def snapshot(self) -> Snapshot:
        """The index as it is now; opened anew only when somebody has written since."""
        self._ready()
        return self._newest()

    def _ready(self) -> None:
        if not self.setup_complete or not self.store.name():
            self.setup()

    def _newest(self) -> Snapshot:
        known = _snapshots.get(self.path)
        if known and known.is_current(self.store.name()):
            return known
        with _opening:
            return self._open(_snapshots.get(self.path), ATTEMPTS_TO_OPEN)

    def _open(self, known: Snapshot | None, attempts: int) -> Snapshot:
        """A writer may merge a file away while it is being opened: then look again."""
        name = self.store.name()
        if known and known.is_current(name):
            return known
        try:
            opened = Snapshot(name, self.store.open(name), known)
        except OSError:
            if attempts == 1:
                raise
            return self._open(known, attempts - 1)
        _snapshots.clear()  # a process reads one index; what another path had open is let go
        _snapshots[self.path] = opened
        return opened

    def search(self, query_string: str, **options: Any) -> dict[str, Any]:
        """Haystack's search: `query_string` in Whoosh's language; of the options those that SearchQuerySet sends.

        Raises SearchBackendError when the index can't be read; the next search then opens it anew.
        """
        counted = tuple(options.get("facets") or ())
        make = options.get("result_class") or SearchResult
        try:
            snapshot = self.snapshot()
            found = self._find(snapshot, query_string, options, counted)
            best = found.best[options.get("start_offset") or 0 :]
            results = [_result(snapshot, number, score, make) for score, number in best]
        except Exception as error:
            _snapshots.pop(self.path, None)
            raise SearchBackendError(f"The search index in {self.path} can't be read.") from error
        return {
            "results": results,
            "hits": found.hits,
            "facets": {"fields": {name: found.counts[name].most_common() for name in counted}},
            "spelling_suggestion": None,
        }

    def _find(self, snapshot: Snapshot, query_string: str, options: dict[str, Any], counted: tuple[str, ...]) -> Found:
        narrow = tuple(sorted(options.get("narrow_queries") or ()))
        models = tuple(get_model_ct(model) for model in options.get("models") or ())
        end = options.get("end_offset") or snapshot.size
        by = "".join(options.get("sort_by") or ())  # one field, highest first

        def find() -> Found:
            query = q.Every() if query_string == "*" else self.parser.parse(query_string).normalize()
            allowed = {text.partition(":")[0]: self.parser.parse(text).normalize() for text in narrow}
            allowed |= {DJANGO_CT: q.Or([q.Term(DJANGO_CT, name) for name in models])} if models else {}
            return rank(snapshot, query, limit=end, narrow=allowed, counted=counted, by=by.lstrip("-"))

        return snapshot.answer((query_string, narrow, models, counted, end, by), find)

    def _writing(self) -> AbstractContextManager[None]:
        self._ready()
        return self.store.writing(seconds=SECONDS_TO_WAIT)

    def sync(self, index: SearchIndex, keys: Iterable[int]) -> int:
        """Make these rows' documents equal to the database: written if `index_queryset` has them, else taken out.

        Returns how many changed. The rows are read while nobody else may write, so a later change is never overwritten
        by an earlier one. Raises IndexBusyError.
        """
        keys = list(keys)
        with self._writing():
            changes: dict[str, Document | None] = dict.fromkeys(identifier_of(index, key) for key in keys)
            changes |= {document[ID]: document for document in documents_of(index, keys)}
            return write(self._newest(), changes)

    def update(self, index: SearchIndex, iterable: Iterable[Any], commit: bool = True) -> None:
        self.sync(index, [row.pk for row in iterable])

    def remove(self, obj_or_string: Any, commit: bool = True) -> None:
        with self._writing():
            write(self._newest(), {get_identifier(obj_or_string): None})

    def clear(self, models: Iterable[type] | None = None, commit: bool = True) -> None:
        """Take out everything, or everything of some models."""
        names = None if models is None else {get_model_ct(model) for model in models}
        with self._writing():
            snapshot = self._newest()
            stored = map(snapshot.stored, snapshot.numbers())
            write(snapshot, {one[ID]: None for one in stored if names is None or one[DJANGO_CT] in names})

    def rebuild(self, indexes: Iterable[SearchIndex], on_progress: Callable[[int], None]) -> int:
        """Make the whole index anew beside the one in use, then swap. Returns the number of documents.

        What changes meanwhile goes into the old index, and is carried over while nobody may write.
        """
        self._ready()
        indexes = list(indexes)
        name = self.store.create(self.schema)
        try:
            fill(self.store.open(name), chain.from_iterable(map(documents_of, indexes)), on_progress)
            with self._writing():
                snapshot = Snapshot(name, self.store.open(name))
                write(snapshot, dict(_differences(snapshot, indexes)))
                self.store.swap(name)
        except BaseException:
            self.store.discard(name)
            raise
        return self.snapshot().size

    def differences(self, indexes: Iterable[SearchIndex]) -> Iterator[tuple[str, Document | None]]:
        """What must be written (None: taken out) to make the index equal to the database. Reads all of both."""
        return _differences(self.snapshot(), indexes)

    def more_like_this(self, model_instance: Any, *args: Any, **options: Any) -> dict[str, Any]:
        raise NotImplementedError("Ask community.search.similar.similar_threads.")


def _differences(snapshot: Snapshot, indexes: Iterable[SearchIndex]) -> Iterator[tuple[str, Document | None]]:
    stored = map(snapshot.stored, snapshot.numbers())
    held = {one[ID]: one["fingerprint"] for one in stored}
    for document in chain.from_iterable(map(documents_of, indexes)):
        if held.pop(document[ID], "") != document["fingerprint"]:
            yield document[ID], document
    for identifier in held:
        yield identifier, None


def _result(snapshot: Snapshot, number: int, score: float, make: Callable[..., Any]) -> Any:
    stored = snapshot.stored(number)
    app_label, _, model_name = stored.pop(DJANGO_CT).partition(".")
    return make(app_label, model_name, stored.pop(DJANGO_ID), score, **stored)


class TunedWhooshEngine(WhooshEngine):
    backend = TunedWhooshBackend
