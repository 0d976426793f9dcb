"""Runs one command with DATABASE_URL naming a PostgreSQL made for it, which is gone when the command ends.

    python -m tests.with_postgres COMMAND ARGUMENT…

The server listens on a socket in a folder of its own, never on a port. Root may not run PostgreSQL: `postgres` does.
"""

import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote

from tests.ready_database import TEMPLATE, migrate

SECONDS_TO_START = 30
OPTIONS = {
    "listen_addresses": "",
    "max_connections": "100",
    # its data is thrown away: nothing needs to reach the disk
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
}


def program(name: str) -> str:
    """Return the path of the newest installed PostgreSQL's program."""
    found = sorted(Path("/usr/lib/postgresql").glob(f"*/bin/{name}"), key=lambda path: int(path.parts[4]))
    if path := str(found[-1]) if found else shutil.which(name):
        return path
    raise FileNotFoundError(f"{name} was not found. On Debian: apt-get install postgresql")


@contextmanager
def throwaway_postgres() -> Iterator[str]:
    """Yield the DATABASE_URL of a PostgreSQL that lives as long as the block."""
    owner = "postgres" if os.geteuid() == 0 else None
    with tempfile.TemporaryDirectory(prefix="pg-", ignore_cleanup_errors=True) as name:
        if owner:
            shutil.chown(name, owner)
        data = f"{name}/data"
        initdb = [program("initdb"), "-D", data, "-U", "community", "-A", "trust", "-E", "UTF8", "--no-locale", "-N"]
        subprocess.run(initdb, user=owner, cwd=name, check=True, stdout=subprocess.DEVNULL)
        options = [part for key, value in OPTIONS.items() for part in ("-c", f"{key}={value}")]
        command = [program("postgres"), "-D", data, "-k", name, *options]
        with open(f"{name}/log", "wb") as log:
            server = subprocess.Popen(command, user=owner, cwd=name, stdout=log, stderr=log)
        try:
            wait_for(server, name)
            subprocess.run([program("createdb"), "-h", name, "-U", "community", TEMPLATE], check=True)
            yield f"postgres://community@/postgres?host={quote(name, safe='')}"
        finally:
            server.send_signal(signal.SIGQUIT)
            server.wait(30)


def wait_for(server: subprocess.Popen[bytes], folder: str) -> None:
    """Wait until the server takes connections; raise with its log when it never does."""
    until = time.monotonic() + SECONDS_TO_START
    is_ready = [program("pg_isready"), "-q", "-h", folder]
    while subprocess.run(is_ready).returncode:
        if server.poll() is not None or time.monotonic() > until:
            raise RuntimeError(f"PostgreSQL did not start:\n{Path(folder, 'log').read_text()}")
        time.sleep(0.1)


if __name__ == "__main__":
    with throwaway_postgres() as address:
        migrate(address.replace("/postgres?", f"/{TEMPLATE}?"))
        known = os.environ | {"DATABASE_URL": address, "TEST_TEMPLATE": TEMPLATE}
        sys.exit(subprocess.run(sys.argv[1:], env=known).returncode)
