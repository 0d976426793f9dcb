"""Runs the web server and the task worker together, and stops both when either dies or a person says so.

Each runs in a process group of its own: a Ctrl-C reaches only this supervisor, which passes it on, waits, and then
clears whatever is left of both groups. Should the supervisor itself be killed, Linux tells both to stop.
"""

import argparse
import contextlib
import ctypes
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path
from types import FrameType

ROOT = Path(__file__).resolve().parent.parent
HOST = os.environ.get("HOST", "127.0.0.1")
PORT = os.environ.get("PORT", "8000")
ADDRESS = f"http://{'127.0.0.1' if HOST == '0.0.0.0' else HOST}:{PORT}"  # noqa: S104 - compared, not bound
SECONDS_TO_START = 60
SECONDS_TO_STOP = 25
PR_SET_PDEATHSIG = 1  # prctl(2)
COMMANDS = {
    "web server": [sys.executable, "-m", "gunicorn", "-c", "deploy/gunicorn.conf.py", "community.wsgi"],
    "worker": [sys.executable, "manage.py", "qcluster"],
}


class Supervisor:
    def __init__(self) -> None:
        self.processes: dict[str, subprocess.Popen[bytes]] = {}
        self.signal_received = 0

    def start(self) -> None:
        for signum in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
            signal.signal(signum, self.note_signal)
        for name, command in COMMANDS.items():
            self.processes[name] = subprocess.Popen(
                command,
                cwd=ROOT,
                start_new_session=True,
                preexec_fn=stop_with_parent,  # noqa: PLW1509 - nothing here has started a thread
            )

    def note_signal(self, signum: int, frame: FrameType | None) -> None:
        self.signal_received = signum

    def dead(self) -> str | None:
        """Return which of the two has ended, and how, or None while both run."""
        for name, process in self.processes.items():
            if (code := process.poll()) is not None:
                return f"the {name} ended {f'by signal {-code}' if code < 0 else f'with exit code {code}'}"
        return None

    def watch(self, words: str) -> str | None:
        """Say the words once the site answers, then sleep until a person stops us (None) or one dies (its obituary)."""
        is_up, until = False, time.monotonic() + SECONDS_TO_START
        while not self.signal_received:
            if obituary := self.dead():
                return obituary
            if not is_up and time.monotonic() > until:
                return f"the web server did not answer within {SECONDS_TO_START} s"
            if not is_up and answers():
                is_up = True
                print(words, flush=True)
            time.sleep(0.2)
        return None

    def stop(self) -> None:
        """End both process groups: politely, then after a while for certain."""
        for process in self.processes.values():
            if process.poll() is None:
                process.terminate()
        until = time.monotonic() + SECONDS_TO_STOP
        for process in self.processes.values():
            with contextlib.suppress(subprocess.TimeoutExpired):
                process.wait(max(0.1, until - time.monotonic()))
            clear_group(process)


def stop_with_parent() -> None:
    """Ask Linux to send SIGTERM to the calling process when its parent dies; elsewhere do nothing."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)


def clear_group(process: subprocess.Popen[bytes]) -> None:
    """Kill whatever the process left behind in its group."""
    try:
        os.killpg(process.pid, signal.SIGKILL)
    except ProcessLookupError:
        return
    process.wait()


def answers() -> bool:
    """Tell whether the site answers at all; an error page is an answer."""
    try:
        urllib.request.urlopen(f"{ADDRESS}/healthz", timeout=5).close()  # noqa: S310 - always http to ourselves
    except urllib.error.HTTPError:
        return True
    except OSError:
        return False
    return True


def refuse_taken_port(target: str) -> None:
    """Stop with a sentence that a person can act on when something already listens there."""
    if not (PORT.isascii() and PORT.isdigit() and 0 < int(PORT) < 65536):
        sys.exit(f"PORT={PORT!r} is no port number. Use one from 1 to 65535, for example: make {target} PORT=8001")
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, int(PORT)))
        except PermissionError:
            sys.exit(f"Only root may listen on port {PORT}. Use another: make {target} PORT=8001")
        except OSError as error:
            sys.exit(f"Cannot listen on {HOST}:{PORT} ({error.strerror}). Use another: make {target} PORT=8001")


def parse() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="Run the web server and the task worker together.")
    parser.add_argument("--target", default="serve", help="the make target to name in advice")
    parser.add_argument("--check-port", action="store_true", help="only see whether the port is free")
    parser.add_argument("--words", type=Path, help="a text to print below the address once the site is up")
    return parser.parse_args()


def main() -> None:
    options = parse()
    refuse_taken_port(options.target)
    if options.check_port:
        return
    words = f"\n  {ADDRESS}\n{options.words.read_text() if options.words else ''}\n  Ctrl-C stops it."
    supervisor = Supervisor()
    supervisor.start()
    try:
        obituary = supervisor.watch(words)
    finally:
        supervisor.stop()
    if obituary:
        sys.exit(f"Stopped, because {obituary}. Its last words are above.")
    print("Stopped.")


if __name__ == "__main__":
    main()
