"""What many readers are shown alike, kept in this process until the next change that anybody could see (an Edition)."""

from collections import OrderedDict
from collections.abc import Callable, Hashable
from threading import Lock
from time import monotonic
from typing import Any, TypeVar

from community.threads.models import Edition

SECONDS = 60  # an upper bound for what no event tells of, such as a product's new name
MOST = 256

Built = TypeVar("Built")


class Kept:
    """Values by key, each for one Edition, least recently read dropped first. Keep only what nobody changes."""

    def __init__(self, most: int = MOST, seconds: float = SECONDS) -> None:
        self._values: OrderedDict[Hashable, tuple[int, float, Any]] = OrderedDict()
        self._most, self._seconds = most, seconds
        self._lock = Lock()

    def get(self, key: Hashable, build: Callable[[], Built]) -> Built:
        """What `build` made for this key in this Edition; None is not kept. One query, and those of `build`."""
        edition = Edition.current()  # before building: a change in between makes it old at once
        with self._lock:
            known = self._values.get(key)
            if known and known[0] == edition and monotonic() - known[1] < self._seconds:
                self._values.move_to_end(key)
                value: Built = known[2]
                return value
        built = build()
        if built is not None:
            self._put(key, (edition, monotonic(), built))
        return built

    def clear(self) -> None:
        with self._lock:
            self._values.clear()

    def _put(self, key: Hashable, value: tuple[int, float, Any]) -> None:
        with self._lock:
            self._values[key] = value
            self._values.move_to_end(key)
            while len(self._values) > self._most:
                self._values.popitem(last=False)


kept = Kept()
