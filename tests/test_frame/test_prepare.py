"""`manage.py prepare` makes an empty folder ready to serve, and may be run at every start."""

import os
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

from tests.ready_database import copy_ready_database

ROOT = Path(__file__).resolve().parents[2]


def prepare(var_dir: Path, **environment: str) -> None:
    known = {"PATH": os.environ["PATH"], "VAR_DIR": str(var_dir), **environment}
    subprocess.run([sys.executable, "manage.py", "prepare"], cwd=ROOT, env=known, check=True, capture_output=True)


def tables(file: Path) -> set[str]:
    with closing(sqlite3.connect(file)) as database:
        return {name for (name,) in database.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}


def test_it_makes_the_database_and_the_cache_and_repeats_without_harm(tmp_path: Path) -> None:
    prepare(tmp_path)
    prepare(tmp_path)
    assert "threads_post" in tables(tmp_path / "community.sqlite3")
    assert tables(tmp_path / "cache.sqlite3") == {"community_cache"}


def test_a_production_site_gets_its_static_files_collected(tmp_path: Path) -> None:
    copy_ready_database(tmp_path / "community.sqlite3")
    prepare(tmp_path, DEBUG="false", SECRET_KEY="k" * 64, SITE_URL="https://community.example.com")
    names = [path.name for path in (tmp_path / "static/css").glob("site.*.css*")]
    assert any(name.endswith(".css") for name in names)
    assert any(name.endswith(".br") for name in names)
