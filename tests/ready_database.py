"""Databases with every migration applied, made once and copied by each test process.

Django draws all its models anew for each change of a migration: applying them takes half a minute, copying no time.
"""

import fcntl
import os
import shutil
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from hashlib import sha256
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
ROOMS = ("community/*", "forum", "reviews", "staff")
TEMPLATE = "ready"  # its name on PostgreSQL
KEPT = 4  # of the newest SQLite files


def copy_ready_database(target: Path) -> None:
    """Make `target` a SQLite file with every migration applied."""
    folder = Path(tempfile.gettempdir()) / f"second-conversation-ready-{os.getuid()}"
    folder.mkdir(mode=0o700, exist_ok=True)
    ready = folder / f"{_version()}.sqlite3"
    with _alone(folder / "lock"):
        if not ready.exists():
            _make(ready)
        shutil.copyfile(ready, target)


def migrate(database_url: str) -> None:
    """Apply every migration to the database of that address, in a process of its own."""
    with tempfile.TemporaryDirectory() as var_dir:
        known = os.environ | {"DATABASE_URL": database_url, "VAR_DIR": var_dir, "PYTHONWARNINGS": "ignore"}
        subprocess.run([sys.executable, "manage.py", "migrate", "-v0"], cwd=ROOT, env=known, check=True)


def _make(ready: Path) -> None:
    draft = ready.with_suffix(".draft")
    remove_database(draft)
    migrate(f"sqlite:///{draft}")
    with closing(sqlite3.connect(draft)) as database:
        database.execute("PRAGMA journal_mode=DELETE")  # all of it in one file
    draft.rename(ready)
    by_age = sorted(ready.parent.glob("*.sqlite3"), key=lambda file: file.stat().st_mtime, reverse=True)
    for old in by_age[KEPT:]:
        old.unlink()


def remove_database(file: Path) -> None:
    """Delete a SQLite file and what stands beside it."""
    for name in (file.name, f"{file.name}-wal", f"{file.name}-shm"):
        file.with_name(name).unlink(missing_ok=True)


def _version() -> str:
    """Another for each change of a migration or of a package that brings some."""
    found = sha256(sys.version.encode())
    migrations = (file for room in ROOMS for file in ROOT.glob(f"{room}/migrations/*.py"))
    for file in sorted([*migrations, ROOT / "requirements.lock"]):
        found.update(f"{file.relative_to(ROOT)}\0".encode() + file.read_bytes())
    return found.hexdigest()[:16]


@contextmanager
def _alone(lock: Path) -> Iterator[None]:
    with lock.open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield
