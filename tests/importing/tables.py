"""Brings a table into the test's shop, as the command does."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from community.importing.models import ImportRun
from community.importing.rows.starting import row_run
from community.importing.running import go_on, start
from community.products.models import Product, ProductCategory

BringTable = Callable[..., ImportRun]
HEAD = "sku,e-mail,name,reference,purchased_at,fulfilled_at,refunded\n"
ROW = "FJ-01,mara@example.com,Mara Lind,#1001,2024-03-05,2024-03-07,\n"


@pytest.fixture
def bring_table(db: None, settings: Any, tmp_path: Path) -> BringTable:
    """bring_table("sku,…", subject="purchases", is_dry_run=…, **options) → the run when it has ended."""
    settings.VAR_DIR = tmp_path / "var"

    def bring_it(
        content: str | bytes, *, subject: str = "purchases", is_dry_run: bool = False, **options: Any
    ) -> ImportRun:
        path = tmp_path / "table.csv"
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        facts: dict[str, Any] = {"subject": subject, "path": path, "file_name": path.name, "source": "Shop", "by": None}
        run = row_run(**facts, options=options, is_dry_run=is_dry_run)
        start(run)
        go_on(run)
        return run

    return bring_it


@pytest.fixture
def jumper(db: None) -> Product:
    shelf = ProductCategory.objects.create(name="Jumpers", slug="jumpers")
    return Product.objects.create(name="Fell jumper", slug="fell-jumper", sku="FJ-01", category=shelf)


def counts(run: ImportRun) -> tuple[int, int, int, int]:
    """added, changed, known, refused"""
    return tuple(run.counts.get(name, 0) for name in ("added", "changed", "known", "refused"))


def codes(run: ImportRun) -> list[tuple[int, str]]:
    return list(run.line_problems.values_list("line", "code"))
