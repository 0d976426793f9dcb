"""A backup is whole or absent, taken while people write, and the oldest make room."""

import os
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def var_dir(tmp_path: Path) -> Path:
    (tmp_path / "var/media/photos").mkdir(parents=True)
    (tmp_path / "var/media/photos/one.webp").write_bytes(b"a photo")
    with closing(sqlite3.connect(tmp_path / "var/community.sqlite3")) as database:
        database.execute("PRAGMA journal_mode=WAL")
        database.execute("CREATE TABLE said (words TEXT)")
        database.execute("INSERT INTO said VALUES ('kept')")
        database.commit()
    return tmp_path / "var"


def back_up(var_dir: Path, *options: str) -> Path:
    """Make one backup beside the folder and return it."""
    known = {"PATH": os.environ["PATH"], "VAR_DIR": str(var_dir)}
    command = [sys.executable, "deploy/backup.py", str(var_dir.parent / "backups"), *options]
    done = subprocess.run(command, cwd=ROOT, env=known, check=True, capture_output=True, text=True)
    return Path(done.stdout.removeprefix("Wrote ").rstrip(".\n"))


def test_a_backup_has_what_was_committed_and_not_what_was_not(var_dir: Path) -> None:
    with closing(sqlite3.connect(var_dir / "community.sqlite3")) as writer:
        writer.execute("INSERT INTO said VALUES ('not yet committed')")
        backup = back_up(var_dir)
    with closing(sqlite3.connect(backup / "community.sqlite3")) as copy:
        assert copy.execute("SELECT words FROM said").fetchall() == [("kept",)]


def test_a_photo_of_the_last_backup_is_linked_and_not_copied_again(var_dir: Path) -> None:
    first = back_up(var_dir).rename(var_dir.parent / "backups/2026-01-01T000000Z")
    second = back_up(var_dir)
    photos = [backup / "media/photos/one.webp" for backup in (first, second)]
    assert photos[1].read_bytes() == b"a photo"
    assert photos[0].stat().st_ino == photos[1].stat().st_ino


def test_the_oldest_make_room_and_leftovers_go(var_dir: Path) -> None:
    backups = var_dir.parent / "backups"
    for name in ("2026-01-01T000000Z", "2026-01-02T000000Z", "2026-01-03T000000Z.partial"):
        (backups / name).mkdir(parents=True)
    newest = back_up(var_dir, "--keep", "2")
    assert sorted(path.name for path in backups.iterdir()) == ["2026-01-02T000000Z", newest.name]
