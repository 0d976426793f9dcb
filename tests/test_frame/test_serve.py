"""`make serve` runs two processes as one: they start together, and nothing of either outlives the other."""

import os
import signal
import socket
import subprocess
import sys
import time
import uuid
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.ready_database import copy_ready_database

ROOT = Path(__file__).resolve().parents[2]
SECONDS_TO_WAIT = 40
pytestmark = [pytest.mark.slow, pytest.mark.skipif(sys.platform != "linux", reason="looks into /proc")]


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@pytest.fixture(scope="module")
def var_dir(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a migrated, empty community."""
    folder = tmp_path_factory.mktemp("serve")
    copy_ready_database(folder / "community.sqlite3")
    environment = {"PATH": os.environ["PATH"], "VAR_DIR": str(folder)}
    subprocess.run([sys.executable, "manage.py", "prepare"], cwd=ROOT, env=environment, check=True)
    return folder


class Site:
    """A running `deploy/serve.py`, and the means to find every process that it started."""

    def __init__(self, var_dir: Path) -> None:
        self.mark, self.port = uuid.uuid4().hex, free_port()
        known = {"PATH": os.environ["PATH"], "VAR_DIR": str(var_dir), "PORT": str(self.port), "SITE_MARK": self.mark}
        self.log = var_dir / f"{self.mark}.log"
        with self.log.open("wb") as log:
            self.supervisor = subprocess.Popen(
                [sys.executable, "deploy/serve.py"], cwd=ROOT, env=known, stdout=log, stderr=subprocess.STDOUT
            )

    def processes(self) -> dict[int, str]:
        """Return the command line of each process that carries the mark in its environment."""
        found = {}
        for folder in Path("/proc").glob("[0-9]*"):
            try:
                if self.mark.encode() in (folder / "environ").read_bytes():
                    found[int(folder.name)] = (folder / "cmdline").read_bytes().replace(b"\0", b" ").decode()
            except OSError:
                continue
        return found

    def leader(self, word: str) -> int:
        """Return the process whose parent is the supervisor and whose command line has the word."""
        for pid, command in self.processes().items():
            parent = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[1]
            if word in command and int(parent) == self.supervisor.pid:
                return pid
        raise AssertionError(f"no {word} among {self.processes()}")

    def says(self) -> str:
        return self.log.read_text()

    def wait(self, done: Callable[[], bool]) -> None:
        until = time.monotonic() + SECONDS_TO_WAIT
        while not done():
            assert time.monotonic() < until, f"{self.says()}\n{self.processes()}"
            time.sleep(0.1)


@pytest.fixture
def site(var_dir: Path) -> Iterator[Site]:
    site = Site(var_dir)
    try:
        site.wait(lambda: f"http://127.0.0.1:{site.port}" in site.says())
        site.wait(lambda: len(site.processes()) >= 1 + 3 + 4)
        yield site
    finally:
        for pid in site.processes():
            os.kill(pid, signal.SIGKILL)
        site.supervisor.wait()


@pytest.mark.parametrize("signum", [signal.SIGINT, signal.SIGTERM])
def test_a_stop_ends_every_process_and_is_no_failure(site: Site, signum: signal.Signals) -> None:
    site.supervisor.send_signal(signum)
    assert site.supervisor.wait(SECONDS_TO_WAIT) == 0
    site.wait(lambda: site.processes() == {})
    assert site.says().rstrip().endswith("Stopped.")


@pytest.mark.parametrize(("word", "name"), [("qcluster", "worker"), ("gunicorn", "web server")])
def test_when_one_dies_the_other_stops_and_the_dead_one_is_named(site: Site, word: str, name: str) -> None:
    os.kill(site.leader(word), signal.SIGKILL)
    assert site.supervisor.wait(SECONDS_TO_WAIT) == 1
    site.wait(lambda: site.processes() == {})
    assert f"Stopped, because the {name} ended by signal 9." in site.says()


def test_when_the_supervisor_is_killed_both_stop(site: Site) -> None:
    site.supervisor.kill()
    site.supervisor.wait()
    site.wait(lambda: site.processes() == {})


def test_a_taken_port_is_refused_before_anything_starts() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = str(taken.getsockname()[1])
        known = {"PATH": os.environ["PATH"], "PORT": port}
        command = [sys.executable, "deploy/serve.py", "--check-port", "--target", "demo"]
        refused = subprocess.run(command, cwd=ROOT, env=known, capture_output=True, text=True)
    assert refused.returncode == 1
    assert (
        refused.stderr
        == f"Cannot listen on 127.0.0.1:{port} (Address already in use). Use another: make demo PORT=8001\n"
    )


@pytest.mark.parametrize("port", ["http", "0", "70000", "-1", "８０"])
def test_a_port_that_is_none_is_refused(port: str) -> None:
    known = {"PATH": os.environ["PATH"], "PORT": port, "PYTHONUTF8": "1"}
    command = [sys.executable, "deploy/serve.py", "--check-port"]
    refused = subprocess.run(command, cwd=ROOT, env=known, capture_output=True, text=True)
    assert refused.returncode == 1
    assert "is no port number" in refused.stderr
