"""Setting up can be run again, costs nothing when done, and mends itself after an interruption."""

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
pytestmark = [pytest.mark.slow, pytest.mark.skipif(not shutil.which("npm"), reason="needs npm")]


def set_up(project: Path) -> str:
    command = [sys.executable, "deploy/setup.py"]
    return subprocess.run(command, cwd=project, check=True, capture_output=True, text=True).stdout


@pytest.fixture(scope="module")
def set_up_once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project that depends on nothing, so that no package is fetched, set up once."""
    folder = tmp_path_factory.mktemp("project")
    (folder / "deploy").mkdir()
    shutil.copy(ROOT / "deploy/setup.py", folder / "deploy")
    (folder / "deploy/vendor.py").write_text("")
    (folder / "requirements.lock").write_text("")
    package = {"name": "empty", "version": "1.0.0", "private": True}
    (folder / "package.json").write_text(json.dumps(package))
    lock = {"name": "empty", "version": "1.0.0", "lockfileVersion": 3, "packages": {"": package}}
    (folder / "package-lock.json").write_text(json.dumps(lock))
    said = set_up(folder)
    assert "Making the virtual environment" in said
    assert "Installing Python packages" in said
    assert "Installing browser packages" in said
    return folder


@pytest.fixture
def project(set_up_once: Path, tmp_path: Path) -> Path:
    return shutil.copytree(set_up_once, tmp_path / "project", symlinks=True)


def test_a_second_run_has_nothing_to_do(project: Path) -> None:
    assert set_up(project) == ""


def test_a_changed_lock_is_installed(project: Path) -> None:
    (project / "requirements.lock").write_text("# changed\n")
    assert "Installing Python packages" in set_up(project)
    assert set_up(project) == ""


def test_browser_packages_that_were_deleted_are_installed_again(project: Path) -> None:
    shutil.rmtree(project / "node_modules")
    assert "Installing browser packages" in set_up(project)


def test_an_interrupted_installation_begins_with_an_empty_environment(project: Path) -> None:
    half_installed = project / ".venv/half-installed"
    half_installed.touch()
    (project / ".venv/unfinished").touch()
    assert "Making the virtual environment" in set_up(project)
    assert not half_installed.exists()
    assert set_up(project) == ""


def test_without_npm_it_says_what_to_install(project: Path) -> None:
    shutil.rmtree(project / "node_modules")
    command = [sys.executable, "deploy/setup.py"]
    refused = subprocess.run(command, cwd=project, env={"PATH": ""}, capture_output=True, text=True)
    assert refused.returncode == 1
    assert "apt-get install nodejs npm" in refused.stderr
