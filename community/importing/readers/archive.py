"""The files in a folder, a zip, a tar or a gzip, one at a time and never more than is sane."""

import gzip
import io
import tarfile
import zipfile
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import IO, Any, cast

from community.importing.material import UnreadableError

MOST_FILES = 2_000_000
LARGEST_UNPACKED = 20 * 1024**3  # bytes of one archive
MOST_TIMES_LARGER = 300  # a dump packs to a tenth; what packs to less than a three-hundredth is a trap
_SPARED = 64 * 1024**2  # below this many bytes the ratio says nothing


DAMAGE = (
    tarfile.TarError,
    zipfile.BadZipFile,
    zlib.error,
    EOFError,
    gzip.BadGzipFile,
    NotImplementedError,
    RuntimeError,
)


def damaged(error: BaseException) -> UnreadableError:
    return UnreadableError(f"The archive is damaged or locked ({error}). Download it again, or unpack it first.")


@dataclass
class Budget:
    """How many unpacked bytes may still be read."""

    left: int = LARGEST_UNPACKED

    @classmethod
    def for_file(cls, path: Path) -> "Budget":
        return cls(min(LARGEST_UNPACKED, max(_SPARED, path.stat().st_size * MOST_TIMES_LARGER)))

    def spend(self, count: int) -> None:
        self.left -= count
        if self.left < 0:
            raise UnreadableError("This archive unpacks to far more than a community holds. Unpack it and look inside.")


class Metered(io.RawIOBase):
    """A stream that counts what it gives."""

    def __init__(self, stream: IO[bytes], budget: Budget) -> None:
        super().__init__()
        self._stream = stream
        self._budget = budget

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        data = self.read(len(buffer))
        buffer[: len(data)] = data
        return len(data)

    def read(self, size: int = -1) -> bytes:
        try:
            data = self._stream.read(size if size >= 0 else self._budget.left + 1)
        except DAMAGE as error:
            raise damaged(error) from error
        self._budget.spend(len(data))
        return data


@dataclass(frozen=True)
class Entry:
    """One file inside: its name with folders, and `open` for its bytes, good until the next entry is asked for."""

    name: str
    open: Callable[[], Metered]
    is_alone: bool = False

    def ends_in(self, *endings: str) -> bool:
        """By its name; a file that was given by itself may be called anything."""
        return self.is_alone or self.base_name.lower().endswith(endings)

    @property
    def base_name(self) -> str:
        return self.name.rpartition("/")[2].removesuffix(".gz")


def entries(path: Path) -> Iterator[Entry]:
    """The plain files of `path`, in an order that is the same each time. Raises UnreadableError."""
    if path.is_dir():
        budget = Budget()
        for file in sorted(path.rglob("*")):
            if file.is_file() and not file.is_symlink() and not file.name.startswith("."):
                with file.open("rb") as stream:
                    yield _entry(str(file.relative_to(path)), stream, budget)
        return
    budget = Budget.for_file(path)
    try:
        if zipfile.is_zipfile(path):
            yield from _in_zip(path, budget)
        elif _is_tar(path):
            yield from _in_tar(path, budget)
        else:
            with path.open("rb") as stream:
                yield replace(_entry(path.name, stream, budget), is_alone=True)
    except DAMAGE as error:
        raise damaged(error) from error


def _entry(name: str, stream: IO[bytes], budget: Budget) -> Entry:
    def opened() -> Metered:
        start = stream.read(2)
        stream.seek(0)
        return Metered(cast(IO[bytes], gzip.open(stream)) if start == b"\x1f\x8b" else stream, budget)

    return Entry(name, opened)


def _in_zip(path: Path, budget: Budget) -> Iterator[Entry]:
    with zipfile.ZipFile(path) as archive:
        infos = archive.infolist()
        if len(infos) > MOST_FILES:
            raise UnreadableError("This archive holds more files than any community. Unpack it and look inside.")
        for info in infos:
            if not info.is_dir() and not _is_clutter(info.filename):
                with archive.open(info) as stream:
                    yield _entry(info.filename, stream, budget)


def _in_tar(path: Path, budget: Budget) -> Iterator[Entry]:
    """Read straight through, without an index of members in memory."""
    with tarfile.open(path, "r|*") as archive:
        for member in archive:
            archive.members = []  # type: ignore[attr-defined]  # else each read header is kept
            if not member.isfile() or _is_clutter(member.name):
                continue
            stream = archive.extractfile(member)
            if stream is not None:
                yield Entry(member.name, lambda stream=stream: Metered(stream, budget))  # type: ignore[misc]


def _is_tar(path: Path) -> bool:
    try:
        return tarfile.is_tarfile(path)
    except (OSError, EOFError):
        return False


def _is_clutter(name: str) -> bool:
    return name.startswith("__MACOSX/") or name.rpartition("/")[2].startswith(".")
