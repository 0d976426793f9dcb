"""Migrations are complete, named for what they do, and lean on no code that may change under them."""

import ast
import re
from pathlib import Path

import pytest
from django.core.management import call_command

ROOT = Path(__file__).resolve().parents[1]
MIGRATIONS = sorted(
    path for room in ("community/*", "forum", "reviews", "staff") for path in ROOT.glob(f"{room}/migrations/[0-9]*.py")
)
OURS = {"community", "forum", "reviews", "staff"}


@pytest.mark.django_db
def test_no_model_has_changed_without_a_migration() -> None:
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)


def test_there_are_migrations_in_every_room_that_has_models() -> None:
    rooms = {path.parents[1].relative_to(ROOT).as_posix() for path in MIGRATIONS}
    with_models = {path.parent.relative_to(ROOT).as_posix() for path in ROOT.glob("community/*/models.py")}
    assert with_models | {"forum", "reviews", "staff"} <= rooms


@pytest.mark.parametrize("path", MIGRATIONS, ids=lambda path: f"{path.parents[1].name}-{path.stem}")
def test_a_migration_is_named_for_what_it_does(path: Path) -> None:
    assert re.fullmatch(r"\d{4}_[a-z][a-z0-9_]+", path.stem)
    assert "_auto_" not in path.stem


@pytest.mark.parametrize("path", MIGRATIONS, ids=lambda path: f"{path.parents[1].name}-{path.stem}")
def test_a_migration_imports_no_code_of_ours(path: Path) -> None:
    tree = ast.parse(path.read_text())
    names = [alias.name for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names]
    names += [node.module or "" for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)]
    assert [name for name in names if name.partition(".")[0] in OURS] == []
