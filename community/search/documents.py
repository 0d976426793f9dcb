"""A row of the database as the document that the index keeps, with a digest that tells whether it changed."""

import json
from collections.abc import Iterable, Iterator
from hashlib import blake2b
from typing import Any

from haystack.indexes import SearchIndex
from haystack.utils import get_model_ct

Document = dict[str, str]
BATCH = 200


def identifier_of(index: SearchIndex, key: int) -> str:
    """How haystack calls a row's document: “threads.thread.12”."""
    return f"{get_model_ct(index.get_model())}.{key}"


def documents_of(index: SearchIndex, keys: Iterable[int] | None = None) -> Iterator[Document]:
    """The documents of these rows (None: of all), as far as `index_queryset` has them. One query a table and batch."""
    rows = index.index_queryset()
    if keys is not None:
        rows = rows.filter(pk__in=list(keys))
    for row in rows.order_by("pk").iterator(chunk_size=BATCH):
        yield _document(index.full_prepare(row))


def _document(prepared: dict[str, Any]) -> Document:
    texts = {name: _text(value) for name, value in prepared.items()}
    kept = {name: text for name, text in texts.items() if text}
    digest = blake2b(json.dumps(kept, sort_keys=True).encode(), digest_size=12).hexdigest()
    return kept | {"fingerprint": digest}


def _text(value: Any) -> str:
    match value:
        case None:
            return ""
        case bool():
            return "true" if value else "false"
        case list() | tuple():
            return ",".join(map(str, value))
        case _:
            return str(value)
