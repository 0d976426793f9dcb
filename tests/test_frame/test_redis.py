"""With CACHE_URL naming a Redis, the cache lives there."""

import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
pytestmark = pytest.mark.skipif(not shutil.which("redis-server"), reason="needs redis-server")
KEEP = "from django.core.cache import cache; cache.set('kept', 'in Redis', 60)"
READ = "from django.core.cache import cache; print(cache.get('kept'), end='')"


def listens(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


@pytest.fixture
def redis_url(tmp_path: Path) -> Iterator[str]:
    """A Redis of this test's own, on a free port, writing nothing."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = ["redis-server", "--port", str(port), "--bind", "127.0.0.1", "--save", "", "--dir", str(tmp_path)]
    server = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    try:
        until = time.monotonic() + 10
        while not listens(port):
            assert time.monotonic() < until, "Redis did not start"
            time.sleep(0.05)
        yield f"redis://127.0.0.1:{port}/0"
    finally:
        server.terminate()
        server.wait()


def run(code: str, tmp_path: Path, redis_url: str) -> str:
    known = {"PATH": os.environ["PATH"], "VAR_DIR": str(tmp_path), "CACHE_URL": redis_url}
    command = [sys.executable, "manage.py", "shell", "--no-imports", "-c", code]
    return subprocess.run(command, cwd=ROOT, env=known, check=True, capture_output=True, text=True).stdout


def test_two_processes_share_a_cache_in_redis(tmp_path: Path, redis_url: str) -> None:
    run(KEEP, tmp_path, redis_url)
    assert run(READ, tmp_path, redis_url) == "in Redis"
    assert not (tmp_path / "cache.sqlite3").exists()
