"""CI's plugin turns a skipped test into a failed one, and leaves the others alone."""

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
TESTS = """
import pytest

def test_passes():
    pass

@pytest.mark.skip(reason="no browser here")
def test_skipped():
    pass

@pytest.mark.xfail(reason="known")
def test_expected_to_fail():
    assert False
"""


def run(folder: Path, *options: str) -> str:
    command = [sys.executable, "-m", "pytest", "-c", str(folder / "pytest.ini"), *options, str(folder)]
    known = {"PATH": os.environ["PATH"], "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1"}
    return subprocess.run(command, cwd=ROOT, env=known, capture_output=True, text=True).stdout


def test_a_skip_is_a_failure_only_with_the_plugin(tmp_path: Path) -> None:
    (tmp_path / "pytest.ini").write_text("[pytest]\n")
    (tmp_path / "test_one.py").write_text(TESTS)
    assert "1 passed, 1 skipped, 1 xfailed" in run(tmp_path)
    assert "1 passed, 1 xfailed, 1 error" in run(tmp_path, "-p", "tests.no_skips")


def test_a_module_that_skips_itself_is_a_failure(tmp_path: Path) -> None:
    (tmp_path / "pytest.ini").write_text("[pytest]\n")
    (tmp_path / "test_one.py").write_text("import pytest\npytest.importorskip('no_such_module')\n")
    assert "1 skipped" in run(tmp_path)
    assert "1 error" in run(tmp_path, "-p", "tests.no_skips")
