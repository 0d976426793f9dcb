"""Places the parts of a bar picture; the template draws each bar as SVG beside its words."""

from collections.abc import Sequence
from dataclasses import dataclass

from staff.insights.tables import Bar, Table

WIDTH = 100


@dataclass(frozen=True)
class Part:
    """`x` and `width` are hundredths of the longest bar."""

    kind: str
    x: float
    width: float
    words: str


@dataclass(frozen=True)
class DrawnBar:
    label: str
    total: int
    parts: list[Part]


@dataclass(frozen=True)
class Picture:
    """`summary` is what it says to who does not see it."""

    title: str
    bars: list[DrawnBar]
    summary: str


def draw(table: Table) -> list[Picture]:
    """Its pictures, to one scale; none where there is nothing to see."""
    most = max((bar.total for _, bars in table.pictures for bar in bars), default=0)
    if not most:
        return []
    legend = dict(table.legend)
    return [_picture(title or table.title, title, bars, legend, most) for title, bars in table.pictures]


def _picture(name: str, title: str, bars: Sequence[Bar], legend: dict[str, str], most: int) -> Picture:
    drawn = [DrawnBar(bar.label, bar.total, _parts(bar, legend, most)) for bar in bars]
    numbers = "; ".join(f"{bar.label} {bar.total}" for bar in drawn)
    return Picture(title, drawn, f"{name}: {numbers}. The table has every number.")


def _parts(bar: Bar, legend: dict[str, str], most: int) -> list[Part]:
    x, parts = 0.0, []
    for kind, cell in bar.parts:
        width = WIDTH * cell.number / most
        if cell.number:
            parts.append(Part(kind, round(x, 2), round(width, 2), f"{legend.get(kind, bar.label)}: {cell.number}"))
        x += width
    return parts
