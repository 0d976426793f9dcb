"""Keeps the index equal to the database: one thread, one product, or everything."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from haystack import connections
from haystack.indexes import SearchIndex

from community.products.models import Product
from community.search.whoosh_backend import TunedWhooshBackend
from community.threads.models import Post, Thread

BATCH = 500


def resync(thread_id: int) -> bool:
    """Make a thread's document equal to the database: written if it is listed, else taken out. False if it was already.

    Raises IndexBusyError when another writer doesn't finish within 20 seconds.
    """
    return bool(_backend().sync(_index(Thread), [thread_id]))


def resync_product(product_id: int) -> int:
    """The same for a product and for its threads, which hold its name. Returns how many documents changed."""
    keys = list(Thread.objects.filter(product=product_id).order_by("pk").values_list("pk", flat=True))
    return _backend().sync(_index(Product), [product_id]) + resync_threads(keys)


def resync_threads(thread_ids: Sequence[int]) -> int:
    """The same for many threads. Returns how many documents changed."""
    starts = range(0, len(thread_ids), BATCH)
    return sum(_backend().sync(_index(Thread), thread_ids[start : start + BATCH]) for start in starts)


def thread_of(post_id: int) -> int | None:
    return Post.objects.filter(pk=post_id).values_list("thread_id", flat=True).first()


def reindex(on_progress: Callable[[int], None] = lambda count: None) -> int:
    """Make the index anew beside the one in use, and swap. Returns its number of documents; 500-800 a second."""
    return _backend().rebuild(_indexes(), on_progress)


def is_usable() -> bool:
    """Is there an index of the present format? There is none before the first reindex and after some upgrades."""
    return bool(_backend().store.name())


@dataclass(frozen=True)
class Differences:
    """Identifiers such as “threads.thread.12”."""

    missing_or_old: list[str]
    too_many: list[str]

    @property
    def count(self) -> int:
        return len(self.missing_or_old) + len(self.too_many)


def compare() -> Differences:
    """What the index lacks or has wrong, and what it has too much. Reads everything: seconds for 10,000 threads."""
    found = Differences([], [])
    for name, document in _backend().differences(_indexes()):
        (found.missing_or_old if document else found.too_many).append(name)
    return found


def repair(found: Differences) -> int:
    """Resync what `compare` found. Returns how many documents changed."""
    changed = 0
    for index in _indexes():
        start = f"{index.get_model()._meta.label_lower}."
        names = [name for name in found.missing_or_old + found.too_many if name.startswith(start)]
        keys = [int(name.removeprefix(start)) for name in names]
        for first in range(0, len(keys), BATCH):
            changed += _backend().sync(index, keys[first : first + BATCH])
    return changed


def _backend() -> TunedWhooshBackend:
    return connections["default"].get_backend()


def _indexes() -> list[SearchIndex]:
    return [_index(model) for model in connections["default"].get_unified_index().get_indexed_models()]


def _index(model: type) -> SearchIndex:
    return connections["default"].get_unified_index().get_index(model)
