"""Copies the database and the photos of a running community into a dated folder, and drops the oldest folders.

    python deploy/backup.py TARGET [--keep 14]

SQLite is copied by its own backup, page by page, while people write: never copy the file of a running site. With
PostgreSQL, pg_dump writes the dump. A photo that the last backup already has is linked, not copied. The folder gets its
name only when it is complete, so a folder with a date is a whole backup.
"""

import argparse
import os
import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import unquote, urlsplit

ROOT = Path(__file__).resolve().parent.parent
VAR_DIR = Path(os.environ.get("VAR_DIR", ROOT / "var"))
DATABASE_URL = os.environ.get("DATABASE_URL", f"sqlite:///{VAR_DIR / 'community.sqlite3'}")


def copy_sqlite(source: Path, target: Path) -> None:
    """Copy a database in use, then let SQLite check the copy."""
    with closing(sqlite3.connect(f"file:{source}?mode=ro", uri=True)) as live, closing(sqlite3.connect(target)) as copy:
        live.backup(copy, pages=2000, sleep=0.01)
        copy.execute("PRAGMA journal_mode=DELETE")
        (verdict,) = copy.execute("PRAGMA quick_check").fetchone()
    if verdict != "ok":
        sys.exit(f"The copy is damaged: {verdict}")


def copy_database(folder: Path) -> None:
    address = urlsplit(DATABASE_URL)
    if address.scheme == "sqlite":
        copy_sqlite(Path(unquote(address.path)[1:]), folder / "community.sqlite3")
    else:
        dump = folder / "community.dump"
        subprocess.run(["pg_dump", "--format=custom", f"--file={dump}", f"--dbname={DATABASE_URL}"], check=True)


def copy_photos(folder: Path, last: Path | None) -> None:
    """Copy the photos; those that the last backup has (their names are never used twice) become hard links to it."""
    media = VAR_DIR / "media"
    for source in media.rglob("*"):
        if not source.is_file():
            continue
        name = source.relative_to(media)
        target = folder / "media" / name
        target.parent.mkdir(parents=True, exist_ok=True)
        known = last / "media" / name if last else None
        if known and known.is_file() and known.stat().st_size == source.stat().st_size:
            os.link(known, target)
        else:
            shutil.copy2(source, target)


def backups_in(target: Path) -> list[Path]:
    """Return the complete backups, oldest first."""
    return sorted(path for path in target.glob("20*") if path.is_dir() and not path.name.endswith(".partial"))


def back_up(target: Path, keep: int) -> Path:
    target.mkdir(parents=True, exist_ok=True)
    for leftover in target.glob("20*.partial"):
        shutil.rmtree(leftover)
    done = backups_in(target)
    name = datetime.now(UTC).strftime("%Y-%m-%dT%H%M%SZ")
    partial = target / f"{name}.partial"
    partial.mkdir()
    copy_database(partial)
    copy_photos(partial, done[-1] if done else None)
    for old in (done := [*done, partial.rename(target / name)])[: max(0, len(done) - keep)]:
        shutil.rmtree(old)
    return target / name


def main() -> None:
    parser = argparse.ArgumentParser(description="Back up the database and the photos of a running community.")
    parser.add_argument("target", type=Path, help="the folder that dated folders go into")
    parser.add_argument("--keep", type=int, default=14, help="how many backups stay (14)")
    options = parser.parse_args()
    if options.keep < 1:
        sys.exit("--keep must be at least 1.")
    print(f"Wrote {back_up(options.target, options.keep)}.")


if __name__ == "__main__":
    main()
