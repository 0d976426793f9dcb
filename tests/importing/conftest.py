"""Brings a file into the test's community, as the command does."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from community.importing.models import ImportRun, ImportSource
from community.importing.running import go_on, start
from tests.importing.samples import BASE

Bring = Callable[..., ImportRun]


@pytest.fixture
def bring(db: None, settings: Any, tmp_path: Path) -> Bring:
    """bring(path, base_url=…, is_dry_run=…, **options) → the finished run."""
    settings.VAR_DIR = tmp_path / "var"

    def bring_it(path: Path, *, base_url: str = BASE, is_dry_run: bool = False, **options: Any) -> ImportRun:
        source, _ = ImportSource.objects.get_or_create(name="Old forum", defaults={"base_url": base_url})
        run = ImportRun.objects.create(
            source=source, path=str(path), file_name=path.name, is_dry_run=is_dry_run, options=options
        )
        start(run)
        go_on(run)
        return run

    return bring_it
