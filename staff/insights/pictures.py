"""Places the parts of a bar picture; the template draws it as SVG."""

from dataclasses import dataclass

from staff.insights.tables import Section

LABEL, WIDTH, NUMBER, HEIGHT, GAP = 190, 640, 50, 18, 10


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
    middle: int
    total: int
    end: float
    parts: list[Part]


@dataclass(frozen=True)
class Picture:
    bars: list[DrawnBar]
    height: int
    summary: str
    label_x: int = LABEL - 10
    width: int = WIDTH


def draw(section: Section) -> Picture | None:
    """None where there is nothing to see."""
    most = max((bar.total for bar in section.bars), default=0)
    if not most:
        return None
    words = dict(section.legend)
    scale = (WIDTH - LABEL - NUMBER) / most
    drawn = []
    for place, bar in enumerate(section.bars):
        x, parts = float(LABEL), []
        for kind, amount in bar.parts:
            if amount:
                parts.append(Part(kind, round(x, 1), round(amount * scale, 1), f"{words.get(kind, kind)}: {amount}"))
            x += amount * scale
        drawn.append(
            DrawnBar(bar.label, place * (HEIGHT + GAP), place * (HEIGHT + GAP) + 13, bar.total, round(x + 8, 1), parts)
        )
    summary = "; ".join(f"{bar.label} {bar.total}" for bar in section.bars)
    return Picture(drawn, len(drawn) * (HEIGHT + GAP), f"{section.title}: {summary}. The table below has every number.")
