"""Columns that many tables share: what the customer showed beside what staff judged, never added up."""

from collections.abc import Sequence

from staff.insights.cube import Chosen
from staff.insights.tables import Bar, Cell
from staff.insights.verdicts import EFFECTS, SIDES

COLUMNS = [effect.label for _ in SIDES for effect in EFFECTS]
GROUPS = [(heading, len(EFFECTS)) for _, heading in SIDES]
LEGEND = [(effect.value, effect.label) for effect in EFFECTS]


def effect_cells(key: str, rows: Chosen) -> list[Cell]:
    """Eight: each effect by each side, with its share of `rows`."""
    return [
        Cell(f"{key}.{side}.{effect.value}", rows.also(**{f"{side}_effect": effect.value}), of=rows)
        for side, _ in SIDES
        for effect in EFFECTS
    ]


def effect_pictures(groups: Sequence[tuple[str, str, Chosen]]) -> list[tuple[str, list[Bar]]]:
    """One picture for each side, a bar for each group (key, label, rows)."""
    return [(heading, [_bar(label, key, rows, side) for key, label, rows in groups]) for side, heading in SIDES]


def _bar(label: str, key: str, rows: Chosen, side: str) -> Bar:
    cells = [
        (effect.value, Cell(f"{key}.{side}.{effect.value}", rows.also(**{f"{side}_effect": effect.value})))
        for effect in EFFECTS
    ]
    return Bar(label, cells)
