"""The lock files hold exactly what pyproject.toml asks for, each file by hash, and no address."""

import re
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())
RUN_PINS = PROJECT["project"]["dependencies"]
DEV_PINS = RUN_PINS + PROJECT["dependency-groups"]["dev"]
LOCKS = [("requirements.lock", RUN_PINS), ("requirements-dev.lock", DEV_PINS)]


def locked(name: str) -> dict[str, str]:
    """Return version by package."""
    entries = re.findall(r"^([a-z0-9._-]+)(?:\[[^]]*\])?==(\S+)", (ROOT / name).read_text(), re.MULTILINE)
    return dict(entries)


@pytest.mark.parametrize(("name", "pins"), LOCKS)
def test_every_direct_pin_is_exact_and_locked_at_that_version(name: str, pins: list[str]) -> None:
    versions = locked(name)
    for pin in pins:
        package, version = re.fullmatch(r"([A-Za-z0-9._-]+)(?:\[[a-z,]+\])?==([0-9a-z.]+)", pin).groups()
        assert versions[package.lower()] == version


@pytest.mark.parametrize(("name", "pins"), LOCKS)
def test_every_locked_package_has_a_hash(name: str, pins: list[str]) -> None:
    entries = re.split(r"^(?=[a-z0-9])", (ROOT / name).read_text(), flags=re.MULTILINE)[1:]
    assert len(entries) > len(pins)
    assert [entry.split()[0] for entry in entries if "--hash=sha256:" not in entry] == []


@pytest.mark.parametrize("name", ["requirements.lock", "requirements-dev.lock", "package-lock.json"])
def test_a_lock_holds_no_address(name: str) -> None:
    text = re.sub(
        r'"url": "https://[^"]*(sponsor|fund|github\.com|opencollective)[^"]*"', "", (ROOT / name).read_text()
    )
    assert re.findall(r"(?:https?|file|git\+\w+)://\S+|--(?:extra-)?index-url|--find-links", text) == []


def test_both_locks_agree() -> None:
    run, dev = locked("requirements.lock"), locked("requirements-dev.lock")
    assert {package: version for package, version in run.items() if dev.get(package) != version} == {}


def test_every_direct_pin_says_what_it_is_for() -> None:
    lines = (ROOT / "pyproject.toml").read_text().splitlines()
    pins = [line for line in lines if re.match(r'\s+"[a-z].*==.*"', line)]
    assert len(pins) == len(DEV_PINS)
    assert [line for line in pins if "  # " not in line and ", # " not in line] == []
