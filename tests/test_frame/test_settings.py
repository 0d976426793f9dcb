"""Settings refuse what they do not know, in words, before anything starts."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
LONG_KEY = "k" * 64


def read_settings(tmp_path: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    """Import the settings in a process of their own that knows only these variables."""
    known = {"PATH": os.environ["PATH"], "VAR_DIR": str(tmp_path), **environment}
    command = [sys.executable, "-W", "error", "-c", "import community.settings"]
    return subprocess.run(command, cwd=ROOT, env=known, capture_output=True, text=True)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("DEBUG", "maybe"),
        ("DEBUG", ""),
        ("DATABASE_URL", "mongo://localhost/community"),
        ("DATABASE_URL", "community.sqlite3"),
        ("CACHE_URL", "memcache://localhost"),
        ("EMAIL_URL", "carrierpigeon://loft"),
        ("SITE_URL", "ftp://community.example.com"),
        ("SITE_URL", "https://"),
        ("TRUSTED_PROXY_COUNT", "-1"),
        ("TRUSTED_PROXY_COUNT", "many"),
        ("MAIL_REPLY_ADDRESS", "reply"),
        ("MAIL_WEBHOOK_SECRET", "too-short"),
        ("TASK_WORKERS", "1.5"),
        ("SQLITE_SYNCHRONOUS", "off"),
        ("LOG_LEVEL", "loud"),
        ("TIME_ZONE", "Mars/Olympus"),
    ],
)
def test_an_unknown_value_stops_the_start_and_is_named(tmp_path: Path, name: str, value: str) -> None:
    refused = read_settings(tmp_path, **{name: value})
    assert refused.returncode == 1
    last_line = refused.stderr.strip().splitlines()[-1]
    assert last_line.startswith("django.core.exceptions.ImproperlyConfigured: ")
    assert name in last_line
    assert last_line.endswith(".")


def test_the_defaults_start_without_any_variable(tmp_path: Path) -> None:
    assert read_settings(tmp_path).returncode == 0


def test_a_site_without_a_secret_key_makes_one_and_keeps_it(tmp_path: Path) -> None:
    read_settings(tmp_path)
    (key,) = tmp_path.rglob("secret-key")
    first = key.read_text()
    read_settings(tmp_path)
    assert key.read_text() == first
    assert len(first) >= 50
    assert key.stat().st_mode & 0o777 == 0o600


def test_a_short_secret_key_is_refused(tmp_path: Path) -> None:
    refused = read_settings(tmp_path, SECRET_KEY="short")
    assert "SECRET_KEY is too short" in refused.stderr


def test_a_production_site_starts_with_what_the_example_asks_for(tmp_path: Path) -> None:
    site = {"SITE_URL": "https://community.example.com", "TRUSTED_PROXY_COUNT": "1", "SECRET_KEY": LONG_KEY}
    assert read_settings(tmp_path, DEBUG="false", EMAIL_URL="smtp+tls://u:p@mail:587", **site).returncode == 0


def test_a_refused_address_does_not_print_its_password(tmp_path: Path) -> None:
    refused = read_settings(tmp_path, DATABASE_URL="mysql://root:hunter2@localhost/db")
    assert refused.returncode == 1
    assert "hunter2" not in refused.stderr.splitlines()[-1]


def test_every_variable_of_the_example_is_read_somewhere() -> None:
    readers = [*ROOT.glob("community/*.py"), *ROOT.glob("deploy/*.py")]
    code = "".join(path.read_text() for path in readers)
    lines = (ROOT / "deploy/environment.example").read_text().splitlines()
    names = {line.lstrip("# ").partition("=")[0] for line in lines if "=" in line}
    variables = {name for name in names if name.isupper()}
    assert len(variables) > 10
    assert {name for name in variables if f'"{name}"' not in code and f"'{name}'" not in code} == set()
