"""Sets the project up: a virtual environment, Python packages by hash, browser packages by hash.

Runs on the system's Python, so it uses nothing but the standard library. Each step leaves a stamp when it has finished,
written last: a step that was interrupted starts over, a step that is done costs nothing.
"""

import argparse
import hashlib
import shutil
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
VENV_PYTHON = VENV / "bin" / "python"
VENV_UNFINISHED = VENV / "unfinished"
NODE_MODULES = ROOT / "node_modules"
NEEDS_PYTHON = "Python 3.11 or newer is needed; this is {}.\nOn Debian or Ubuntu: apt-get install python3 python3-venv"
NEEDS_VENV = "Python cannot make a virtual environment here.\nOn Debian or Ubuntu: apt-get install python3-venv"
NEEDS_NPM = (
    "npm is needed to fetch the few browser packages, and was not found.\n"
    "Install Node.js 20 with npm; on Debian or Ubuntu: apt-get install nodejs npm"
)


def fingerprint(*paths: Path) -> str:
    """Return what changes when any of the files changes."""
    return hashlib.sha256(b"".join(path.read_bytes() for path in paths)).hexdigest()


def is_done(stamp: Path, wanted: str) -> bool:
    """Tell whether the step that leaves this stamp has finished for exactly these files."""
    return stamp.is_file() and stamp.read_text() == wanted


def run(*command: str | Path) -> None:
    """Run one command in the project; stop with its words when it fails."""
    done = subprocess.run([str(part) for part in command], cwd=ROOT, capture_output=True, text=True)
    if done.returncode:
        sys.exit(f"failed\n{done.stdout[-4000:]}{done.stderr[-4000:]}\nCommand: {' '.join(str(p) for p in command)}")


def step(words: str, work: Callable[[], None]) -> None:
    """Do one piece of work, saying before what it is and after how long it took."""
    print(f"  {words} … ", end="", flush=True)
    began = time.monotonic()
    work()
    print(f"done in {time.monotonic() - began:.0f} s", flush=True)


def make_environment() -> None:
    """Make the virtual environment, anew when packages were once being installed and never finished."""
    clear = ["--clear"] if VENV_UNFINISHED.exists() else []
    made = subprocess.run([sys.executable, "-m", "venv", *clear, VENV], capture_output=True, text=True)
    if made.returncode:
        sys.exit(f"failed\n{NEEDS_VENV}\n{made.stdout}{made.stderr}")


def install_python_packages(lock: Path) -> None:
    """Install what the lock lists, refusing any file whose hash is not in it."""
    VENV_UNFINISHED.touch()
    pip = (VENV_PYTHON, "-m", "pip", "--disable-pip-version-check", "--quiet", "--no-input")
    run(*pip, "install", "--require-hashes", "-r", lock)
    VENV_UNFINISHED.unlink()


def install_browser_packages(stamp: Path, wanted: str, with_checkers: bool) -> None:
    """Install what package-lock.json lists, running no script of any package."""
    if not shutil.which("npm"):
        sys.exit(f"failed\n{NEEDS_NPM}")
    stamp.unlink(missing_ok=True)
    run("npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund", *([] if with_checkers else ["--omit=dev"]))
    NODE_MODULES.mkdir(exist_ok=True)
    stamp.write_text(wanted)


def set_up_python(is_dev: bool) -> None:
    lock = ROOT / ("requirements-dev.lock" if is_dev else "requirements.lock")
    stamp, wanted = VENV / f"installed-{lock.stem}", fingerprint(lock)
    if is_done(stamp, wanted) and not VENV_UNFINISHED.exists():
        return
    if VENV_UNFINISHED.exists() or not VENV_PYTHON.exists():
        step("Making the virtual environment", make_environment)
    step("Installing Python packages (about half a minute)", lambda: install_python_packages(lock))
    stamp.write_text(wanted)


def set_up_browser_packages(is_dev: bool) -> None:
    lock, vendor = ROOT / "package-lock.json", ROOT / "deploy" / "vendor.py"
    wanted, wanted_dev = fingerprint(lock), fingerprint(lock) + " with checkers"
    stamp = NODE_MODULES / "installed"
    if not (is_done(stamp, wanted_dev) or (not is_dev and is_done(stamp, wanted))):
        chosen = wanted_dev if is_dev else wanted
        step("Installing browser packages", lambda: install_browser_packages(stamp, chosen, with_checkers=is_dev))
    run(VENV_PYTHON, vendor)


def main() -> None:
    if sys.version_info < (3, 11):  # noqa: UP036 - the system's Python may be older than the project allows
        sys.exit(NEEDS_PYTHON.format(sys.version.split()[0]))
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--dev", action="store_true", help="also what tests and checks need")
    is_dev = parser.parse_args().dev
    try:
        set_up_python(is_dev)
        set_up_browser_packages(is_dev)
    except KeyboardInterrupt:
        sys.exit("\nInterrupted. Nothing is broken: run the same command again to go on.")


if __name__ == "__main__":
    main()
