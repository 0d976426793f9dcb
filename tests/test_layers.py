"""The arrows between rooms, by import-linter; its contract stands in pyproject.toml."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
ROOMS = ["community", "forum", "reviews", "staff"]
FORBIDDEN = [
    ("community/threads/models.py", "import forum.models"),
    ("community/members/models.py", "import community.threads.models"),
    ("community/search/apps.py", "import community.notifications.models"),
    ("forum/models.py", "import reviews.models"),
    ("reviews/models.py", "import staff.models"),
    ("community/products/models.py", "import community.urls"),
]


def lint(folder: Path) -> subprocess.CompletedProcess[str]:
    command = [str(Path(sys.executable).parent / "lint-imports"), "--no-cache"]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True)


def test_imports_point_down_and_rooms_of_one_floor_stay_apart() -> None:
    done = lint(ROOT)
    assert done.returncode == 0, done.stdout


def test_every_forbidden_arrow_is_seen(tmp_path: Path) -> None:
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    for room in ROOMS:
        shutil.copytree(ROOT / room, tmp_path / room, ignore=shutil.ignore_patterns("__pycache__", "migrations"))
    for module, line in FORBIDDEN:
        with (tmp_path / module).open("a") as file:
            file.write(f"\n{line}\n")
    done = lint(tmp_path)
    assert done.returncode == 1
    for module, line in FORBIDDEN:
        importer, imported = module.removesuffix(".py").replace("/", "."), line.removeprefix("import ")
        assert f"{importer} -> {imported}" in done.stdout.replace("\n", " ")


@pytest.mark.parametrize("module", sorted(ROOT.glob("community/*.py")) + sorted(ROOT.glob("community/*/")))
def test_every_piece_of_the_project_has_its_floor(module: Path) -> None:
    groundless = {"__init__.py", "__pycache__", "apps.py", "cache_router.py"}
    contract = (ROOT / "pyproject.toml").read_text()
    is_placed = module.name in groundless or f"community.{module.stem}" in contract
    assert is_placed, f"say in pyproject.toml, under [tool.importlinter], which floor community.{module.stem} is on"
