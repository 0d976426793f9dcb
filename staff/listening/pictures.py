"""Places the parts of the report's bar pictures; the template draws them as SVG."""

from collections.abc import Sequence
from dataclasses import dataclass

LABEL, WIDTH, NUMBER, HEIGHT, GAP = 190, 640, 50, 18, 10


@dataclass(frozen=True)
class Bar:
    """Its parts as (kind, amount), drawn in this order."""

    label: str
    parts: Sequence[tuple[str, int]]

    @property
    def total(self) -> int:
        return sum(amount for _, amount in self.parts)


@dataclass(frozen=True)
class Part:
    kind: str
    x: float
    width: float
    words: str


@dataclass(frozen=True)
class DrawnBar:
    label: str
    y: int
    total: int
    end: float
    parts: list[Part]

    @property
    def middle(self) -> int:
        return self.y + 13


@dataclass(frozen=True)
class Picture:
    """`legend`: (kind, words). `summary` is what it says to who does not see it."""

    bars: list[DrawnBar]
    legend: Sequence[tuple[str, str]]
    summary: str
    label_x: int = LABEL - 10
    width: int = WIDTH

    @property
    def height(self) -> int:
        return len(self.bars) * (HEIGHT + GAP)


def draw(title: str, bars: Sequence[Bar], legend: Sequence[tuple[str, str]]) -> Picture | None:
    """None where there is nothing to see."""
    most = max((bar.total for bar in bars), default=0)
    if not most:
        return None
    scale = (WIDTH - LABEL - NUMBER) / most
    drawn = [_draw(bar, place, scale, dict(legend)) for place, bar in enumerate(bars)]
    told = "; ".join(f"{bar.label} {bar.total}" for bar in bars)
    return Picture(drawn, legend, f"{title}: {told}. The table below has every number.")


def _draw(bar: Bar, place: int, scale: float, words: dict[str, str]) -> DrawnBar:
    x, parts = float(LABEL), []
    for kind, amount in bar.parts:
        if amount:
            parts.append(Part(kind, round(x, 1), round(amount * scale, 1), f"{words.get(kind, kind)}: {amount}"))
        x += amount * scale
    return DrawnBar(bar.label, place * (HEIGHT + GAP), bar.total, round(x + 8, 1), parts)
