"""Where a Whoosh index lies: one folder an index, a file that names the one in use, and one writer at a time.

var/search/CURRENT              the name of the folder in use; replaced in one step when a new index takes over
var/search/v3-1f3a…/            an index; the previous one stays until the next swap, for readers still in it
var/search/write.lock           held while anybody writes
"""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from uuid import uuid4

from whoosh.fields import Schema
from whoosh.filedb.filestore import FileStorage
from whoosh.index import FileIndex
from whoosh.util.filelock import FileLock, try_for

FORMAT = "v3"  # raise it when the schema or the way words are cut changes: old indexes then count as missing


class IndexBusyError(Exception):
    """Somebody else is writing, and did not finish in time. Try again later: nothing was written."""


class Store:
    def __init__(self, path: str | Path) -> None:
        self.path = Path(path)
        self._pointer = self.path / "CURRENT"

    def name(self) -> str:
        """The folder in use; empty while there is none of this format."""
        try:
            name = self._pointer.read_text().strip()
        except FileNotFoundError:
            return ""
        return name if name.startswith(f"{FORMAT}-") else ""

    def open(self, name: str) -> FileIndex:
        return FileStorage(str(self.path / name)).open_index()

    @contextmanager
    def writing(self, *, seconds: float) -> Iterator[None]:
        """Be the only writer, in all processes. Raises IndexBusyError after waiting `seconds`."""
        self.path.mkdir(parents=True, exist_ok=True)
        lock = FileLock(str(self.path / "write.lock"))
        if not try_for(lock.acquire, timeout=seconds, delay=0.05):
            raise IndexBusyError(f"The search index in {self.path} was being written for {seconds:g} seconds.")
        try:
            yield
        finally:
            lock.release()

    def create(self, schema: Schema) -> str:
        """Make an empty index that nobody reads yet, and return its name."""
        name = f"{FORMAT}-{uuid4().hex[:12]}"
        folder = self.path / name
        folder.mkdir(parents=True)
        FileStorage(str(folder)).create_index(schema)
        return name

    def swap(self, name: str) -> None:
        """Let every reader and writer use `name` from now on. Only while writing."""
        previous = self.name()
        draft = self.path / f"CURRENT.{name}"
        draft.write_text(name)
        os.replace(draft, self._pointer)
        for folder in self.path.iterdir():
            if folder.is_dir() and folder.name not in (name, previous):
                shutil.rmtree(folder, ignore_errors=True)

    def discard(self, name: str) -> None:
        """Drop an index that did not come to be used."""
        shutil.rmtree(self.path / name, ignore_errors=True)
