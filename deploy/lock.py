"""Writes requirements.lock and requirements-dev.lock from pyproject.toml: exact versions, hashes, and no address."""

import subprocess
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
UV = ROOT / ".venv" / "bin" / "uv"
LOCKS: dict[str, list[str]] = {"requirements.lock": [], "requirements-dev.lock": ["--group", "dev"]}
OPTIONS = ["--quiet", "--universal", "--python-version", "3.11", "--generate-hashes", "--no-emit-index-url"]
OPTIONS += ["--no-emit-find-links", "--custom-compile-command", "make lock"]

if __name__ == "__main__":
    for name, groups in LOCKS.items():
        command = [str(UV), "pip", "compile", *OPTIONS, *groups, "--output-file", name, "pyproject.toml"]
        subprocess.run(command, cwd=ROOT, check=True)
        print(f"Wrote {name}.")
