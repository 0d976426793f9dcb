"""`make bench`: fills a database of its own once, serves it as production would, measures it, and stops the server.

Its folder is VAR_DIR/bench. BENCH_DATABASE_URL names another database (DATABASE_URL is left alone: it may be yours).
"""

import contextlib
import os
import secrets
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
BENCH_DIR = Path(os.environ.get("VAR_DIR", ROOT / "var")).resolve() / "bench"
CONTENT = ["--threads", "5000", "--posts", "100000", "--members", "2000", "--reviews", "10000"]
SECONDS_TO_START = 60


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def environment(port: int) -> dict[str, str]:
    """What a production site has set, with only this bench's own database and files."""
    known = {name: value for name, value in os.environ.items() if name not in ("DATABASE_URL", "CACHE_URL", "HOST")}
    if address := os.environ.get("BENCH_DATABASE_URL"):
        known["DATABASE_URL"] = address
    return known | {
        "DJANGO_SETTINGS_MODULE": "tests.bench.settings",
        "VAR_DIR": str(BENCH_DIR),
        "PORT": str(port),
        "SITE_URL": f"http://127.0.0.1:{port}",
        "DEBUG": "false",
        "SECRET_KEY": secrets.token_urlsafe(64),
        "WEB_WORKERS": "2",
        "SEARCHES_A_MINUTE": "0",
    }


def fill(known: dict[str, str]) -> None:
    """Make the content, unless the last bench did; half-made content is made anew."""
    filled, wanted = BENCH_DIR / "filled", " ".join(CONTENT)
    manage = [sys.executable, "manage.py"]
    subprocess.run([*manage, "prepare"], cwd=ROOT, env=known, check=True)
    if filled.is_file() and filled.read_text() == wanted:
        return
    subprocess.run([*manage, "load_bench", *CONTENT], cwd=ROOT, env=known, check=True)
    filled.write_text(wanted)


@contextlib.contextmanager
def served(known: dict[str, str]) -> Iterator[str]:
    """Serve with gunicorn while the block runs, and leave no process behind."""
    command = [sys.executable, "-m", "gunicorn", "-c", "deploy/gunicorn.conf.py", "tests.bench.wsgi"]
    with (BENCH_DIR / "server.log").open("wb") as log:
        server = subprocess.Popen(command, cwd=ROOT, env=known, stdout=log, stderr=log)
    try:
        wait_for(f"http://127.0.0.1:{known['PORT']}", server)
        yield f"http://127.0.0.1:{known['PORT']}"
    finally:
        server.send_signal(signal.SIGTERM)
        server.wait(40)


def wait_for(base: str, server: subprocess.Popen[bytes]) -> None:
    until = time.monotonic() + SECONDS_TO_START
    while time.monotonic() < until and server.poll() is None:
        with contextlib.suppress(OSError):
            urllib.request.urlopen(f"{base}/healthz").close()
            return
        time.sleep(0.2)
    sys.exit(f"The server did not start; its last words are in {BENCH_DIR / 'server.log'}.")


def main() -> None:
    known = environment(free_port())
    BENCH_DIR.mkdir(parents=True, exist_ok=True)
    fill(known)
    with served(known) as base:
        command = [sys.executable, "-m", "tests.bench.load", "--base", base, "--json", str(BENCH_DIR / "figures.json")]
        code = subprocess.run([*command, *sys.argv[1:]], cwd=ROOT).returncode
    sys.exit(code)


if __name__ == "__main__":
    try:
        main()
    except subprocess.CalledProcessError as error:
        sys.exit(f"Stopped: {error.cmd[-1]} failed; its last words are above.")
