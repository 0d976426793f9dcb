"""The notices beside the browser code of others say what is really there."""

import json
from pathlib import Path

from django.conf import settings

NOTICES = Path(settings.BASE_DIR, "static", "vendor", "README.md")
PACKAGES = json.loads(Path(settings.BASE_DIR, "package.json").read_text())


def test_every_package_that_pages_load_is_named_with_its_version():
    text = NOTICES.read_text()
    for package, version in PACKAGES["dependencies"].items():
        assert f"| {package} | {version} |" in text


def test_versions_are_pinned():
    pinned = PACKAGES["dependencies"] | PACKAGES["devDependencies"]
    assert all(version[0].isdigit() for version in pinned.values())


def test_the_lock_names_no_address():
    assert "resolved" not in Path(settings.BASE_DIR, "package-lock.json").read_text()
