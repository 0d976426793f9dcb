"""What cloth looks like from near: ribs, cables, plaid, small flowers, twill, fleece. Each is drawn onto a sheet."""

import random
from math import cos, pi, sin

from community.demo.drawing.pen import Points, Sheet, darker, lighter, oval, path

Area = tuple[float, float, float, float]  # left, top, right, bottom


def ribs(sheet: Sheet, area: Area, colour: str, every: float = 9, width: float = 2.2) -> None:
    left, top, right, bottom = area
    x = left
    while x <= right:
        sheet.line([(x, top), (x, bottom)], colour, width)
        x += every


def twill(sheet: Sheet, area: Area, colour: str, every: float = 7, width: float = 1.1) -> None:
    left, top, right, bottom = area
    height = bottom - top
    x = left - height
    while x <= right:
        sheet.line([(x, bottom), (x + height, top)], colour, width)
        x += every


def plaid(sheet: Sheet, area: Area, colours: tuple[str, str, str]) -> None:
    """Broad bands both ways, a darker square where they cross, a thin light line between."""
    left, top, right, bottom = area
    broad, crossing, thin = colours
    step = 56.0
    xs = [left + step * n for n in range(int((right - left) / step) + 2)]
    ys = [top + step * n for n in range(int((bottom - top) / step) + 2)]
    for x in xs:
        sheet.line([(x, top), (x, bottom)], broad, 20)
    for y in ys:
        sheet.line([(left, y), (right, y)], broad, 20)
    for x in xs:
        for y in ys:
            sheet.fill([(x - 10, y - 10), (x + 10, y - 10), (x + 10, y + 10), (x - 10, y + 10)], crossing)
    for x in xs:
        sheet.line([(x + step / 2, top), (x + step / 2, bottom)], thin, 2)
    for y in ys:
        sheet.line([(left, y + step / 2), (right, y + step / 2)], thin, 2)


def flowers(sheet: Sheet, area: Area, petals: tuple[str, ...], leaf: str, seed: int = 4, size: float = 1.0) -> None:
    """A scattered print that never repeats and never collides."""
    dice = random.Random(seed)
    placed: list[tuple[float, float]] = []
    left, top, right, bottom = area
    for _ in range(2600):
        x, y = dice.uniform(left, right), dice.uniform(top, bottom)
        if any((x - a) ** 2 + (y - b) ** 2 < (25 * size) ** 2 for a, b in placed):
            continue
        placed.append((x, y))
        _flower(sheet, x, y, dice, dice.choice(petals), leaf, size)


def _flower(sheet: Sheet, x: float, y: float, dice: random.Random, petal: str, leaf: str, size: float) -> None:
    turn, r = dice.uniform(0, 2 * pi), dice.uniform(3.2, 4.4) * size
    stalk = [(x, y), (x + cos(turn) * 13 * size, y + sin(turn) * 13 * size)]
    sheet.line(stalk, leaf, 1.5 * size)
    sheet.dots([stalk[1]], leaf, 2.6 * size)
    for n in range(5):
        angle = turn + n * 2 * pi / 5
        sheet.dots([(x + cos(angle) * r, y + sin(angle) * r)], petal, r * 0.82)
    sheet.dots([(x, y)], lighter(petal, 0.75), r * 0.5)


def cable(sheet: Sheet, x: float, top: float, bottom: float, colour: str, width: float = 30) -> None:
    """Two strands that cross again and again."""
    step, y = 46.0, top
    dark, pale = darker(colour, 0.3), lighter(colour, 0.16)
    while y < bottom:
        for side in (1, -1):
            w = width / 2 * side
            strand = path(f"M{x - w},{y} C{x - w},{y + step * 0.45} {x + w},{y + step * 0.55} {x + w},{y + step}")
            sheet.line(strand, dark, 15)
            sheet.line(strand, pale if side == 1 else colour, 11)
        y += step
    for side in (-1, 1):
        edge = x + side * (width / 2 + 15)
        sheet.line([(edge, top), (edge, bottom)], dark, 2)


def stitches(sheet: Sheet, area: Area, colour: str, size: float = 9) -> None:
    """Plain knitting: rows of small v."""
    left, top, right, bottom = area
    y = top
    while y <= bottom:
        x = left
        while x <= right:
            sheet.line([(x, y), (x + size / 2, y + size * 0.7), (x + size, y)], colour, size / 6)
            x += size * 1.1
        y += size * 0.95


def wool(sheet: Sheet, area: Area, colours: tuple[str, ...], seed: int = 3, count: int = 900) -> None:
    """Short hairs in all directions: felt, fleece, boiled wool."""
    dice = random.Random(seed)
    left, top, right, bottom = area
    for _ in range(count):
        x, y, angle = dice.uniform(left, right), dice.uniform(top, bottom), dice.uniform(0, pi)
        dx, dy = cos(angle) * 5, sin(angle) * 5
        sheet.line([(x - dx, y - dy), (x + dx, y + dy)], dice.choice(colours), 1.1)


def buttons(sheet: Sheet, points: Points, colour: str, radius: float = 5) -> None:
    for x, y in points:
        sheet.fill(oval(x, y, radius, radius), colour)
        sheet.line(oval(x, y, radius * 0.72, radius * 0.72), darker(colour, 0.3), 0.9)
        sheet.dots([(x - radius / 4, y), (x + radius / 4, y)], darker(colour, 0.55), radius / 7)
