"""What is committed holds no secret, no path of one machine, and nothing that set-up should fetch."""

import re
import subprocess
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SUSPECT = re.compile(
    r"-----BEGIN [A-Z ]*PRIVATE KEY|\bAKIA[0-9A-Z]{16}\b|\bgh[pousr]_[A-Za-z0-9]{36}\b"
    r"|/(?:root|home/[a-z]+|work/(?:main|shared))/"
)
LARGEST = 1_000_000


def committed() -> list[Path]:
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, check=True, capture_output=True, text=True).stdout
    return [path for name in listed.split("\0") if name and (path := ROOT / name).is_file()]


def test_no_committed_text_has_a_secret_or_a_path_of_one_machine() -> None:
    texts = [path for path in committed() if b"\0" not in path.read_bytes()[:8000]]
    found = {str(path.relative_to(ROOT)): match[0] for path in texts if (match := SUSPECT.search(path.read_text()))}
    found.pop("tests/test_frame/test_repository.py", None)
    assert found == {}


def test_nothing_committed_is_large_or_made_by_setting_up() -> None:
    names = {path.relative_to(ROOT).as_posix(): path.stat().st_size for path in committed()}
    assert [name for name, size in names.items() if size > LARGEST] == []
    fetched = re.compile(r"^(\.venv|node_modules|var|staticfiles)/|^static/vendor/(?!README\.md$)")
    assert [name for name in names if fetched.search(name)] == []
