"""Paper and pen: smooth shapes on a sheet of 800 × 600 units, drawn large and scaled down so that edges are soft."""

import re
from collections.abc import Iterable, Sequence
from itertools import pairwise
from math import cos, pi, sin

from PIL import Image, ImageChops, ImageDraw, ImageFilter

Point = tuple[float, float]
Points = list[Point]
Frame = tuple[int, int, int, int]

WIDTH, HEIGHT = 800, 600
FINISHED = (800, 600)
SCALE = 2.0  # pixels a unit while drawing: twice the finished size
_STEPS = 18  # straight pieces in one curve
_ROUND = [(cos(n * pi / 24), sin(n * pi / 24)) for n in range(48)]
_TOKEN = re.compile(r"[MLCQ]|-?\d+(?:\.\d+)?")


def path(text: str) -> Points:
    """Points of an SVG-like path of absolute M, L, C and Q, in units from the middle of the sheet's upper edge."""
    points: Points = []
    command = "M"
    numbers: list[float] = []
    needed = {"M": 2, "L": 2, "C": 6, "Q": 4}
    for token in _TOKEN.findall(text):
        if token in needed:
            command, numbers = token, []
            continue
        numbers.append(float(token))
        if len(numbers) == needed[command]:
            corners = list(zip(numbers[::2], numbers[1::2], strict=True))
            points += corners if command in "ML" else _curve([points[-1], *corners])
            numbers = []
    return points


def _curve(corners: Sequence[Point]) -> Points:
    """A Bézier curve by de Casteljau's construction, without its first point."""
    drawn = []
    for step in range(1, _STEPS + 1):
        t, row = step / _STEPS, list(corners)
        while len(row) > 1:
            row = [(ax + (bx - ax) * t, ay + (by - ay) * t) for (ax, ay), (bx, by) in pairwise(row)]
        drawn.append(row[0])
    return drawn


def flipped(points: Points) -> Points:
    """The same on the other side of the middle line."""
    return [(-x, y) for x, y in points]


def whole(half: str | Points) -> Points:
    """A symmetric shape from its right half, drawn from top to bottom."""
    right = path(half) if isinstance(half, str) else half
    return right + flipped(right)[::-1]


def moved(points: Points, dx: float = 0, dy: float = 0) -> Points:
    return [(x + dx, y + dy) for x, y in points]


def oval(x: float, y: float, across: float, down: float) -> Points:
    """An ellipse around a middle, by its half axes."""
    return [(x + across * cosine, y + down * sine) for cosine, sine in _ROUND]


def box(x: float, y: float, width: float, height: float, radius: float = 0) -> Points:
    """A rectangle from its upper left corner, with rounded corners."""
    r, right, low = radius, x + width, y + height
    return path(
        f"M{x + r},{y} L{right - r},{y} Q{right},{y} {right},{y + r} L{right},{low - r}"
        f" Q{right},{low} {right - r},{low} L{x + r},{low} Q{x},{low} {x},{low - r} L{x},{y + r} Q{x},{y} {x + r},{y}"
    )


def mixed(colour: str, other: str, share: float) -> str:
    """`share` (0-1) of the other colour in the first."""
    pairs = ((int(colour[i : i + 2], 16), int(other[i : i + 2], 16)) for i in (1, 3, 5))
    return "#" + "".join(f"{round(a + (b - a) * share):02x}" for a, b in pairs)


def darker(colour: str, share: float = 0.16) -> str:
    return mixed(colour, "#241c14", share)


def lighter(colour: str, share: float = 0.2) -> str:
    return mixed(colour, "#fffaf0", share)


class Sheet:
    """What is drawn on. Everything takes points in units from the middle of the upper edge."""

    def __init__(self, ground: str) -> None:
        self.image = Image.new("RGB", (round(WIDTH * SCALE), round(HEIGHT * SCALE)), ground)
        self._draw = ImageDraw.Draw(self.image)

    def finished(self) -> Image.Image:
        return self.image.resize(FINISHED, Image.Resampling.LANCZOS)

    def fill(self, points: Points, colour: str) -> None:
        self._draw.polygon(_pixels(points), fill=colour)

    def line(self, points: Points, colour: str, width: float = 2) -> None:
        """A stroke with round ends and joints."""
        pixels, thick = _pixels(points), max(1, round(width * SCALE))
        self._draw.line(pixels, fill=colour, width=thick, joint="curve")
        r = thick / 2
        for x, y in (pixels[0], pixels[-1]):
            self._draw.ellipse((x - r, y - r, x + r, y + r), fill=colour)

    def dots(self, middles: Iterable[Point], colour: str, radius: float) -> None:
        r = radius * SCALE
        for x, y in _pixels(list(middles)):
            self._draw.ellipse((x - r, y - r, x + r, y + r), fill=colour)

    def dashes(self, points: Points, colour: str, width: float = 1.4, every: float = 7) -> None:
        """Stitches along a line."""
        left, is_down = every, True
        for (ax, ay), (bx, by) in pairwise(points):
            length = max(0.01, ((bx - ax) ** 2 + (by - ay) ** 2) ** 0.5)
            at = 0.0
            while at < length:
                step = min(left, length - at)
                ends = [(ax + (bx - ax) * d / length, ay + (by - ay) * d / length) for d in (at, at + step)]
                if is_down:
                    self.line(ends, colour, width)
                at, left = at + step, left - step
                if left <= 0:
                    left, is_down = every, not is_down

    def within(self, points: Points, drawn: "Sheet") -> None:
        """Keep of another sheet only what falls into a shape."""
        frame = self._frame(points)
        self._pour(drawn.image.crop(frame), self._mask(points, frame), frame)

    def shade(self, points: Points, by: float = 26, share: float = 0.2, colour: str = "#2a1c10") -> None:
        """Darken the side of a shape that is away from the light (which comes from the left)."""
        frame = self._frame(points)
        lit = self._mask(moved(points, -by, -by / 4), frame)
        away = ImageChops.invert(lit).filter(ImageFilter.GaussianBlur(6 * SCALE))
        self._pour(colour, ImageChops.multiply(away, self._mask(points, frame)), frame, share)

    def drop_shadow(self, points: Points, dx: float = 9, dy: float = 12, share: float = 0.2) -> None:
        fallen = moved(points, dx, dy)
        frame = self._frame(fallen, margin=20)
        mask = self._mask(fallen, frame).filter(ImageFilter.GaussianBlur(7 * SCALE))
        self._pour("#3a2c1c", mask, frame, share)

    def fade(self, points: Points, colour: str, share: float, within: Points) -> None:
        """A soft patch of colour that stays inside another shape."""
        frame = self._frame(points, margin=40)
        mask = self._mask(points, frame).filter(ImageFilter.GaussianBlur(14 * SCALE))
        self._pour(colour, ImageChops.multiply(mask, self._mask(within, frame)), frame, share)

    def soak(self, points: Points, colour: str, share: float) -> None:
        """Colour a shape so that what lies under it still shows."""
        frame = self._frame(points)
        self._pour(colour, self._mask(points, frame), frame, share)

    def _frame(self, points: Points, margin: float = 2) -> Frame:
        """The pixels around a shape: masks are made and blurred no larger than that."""
        xs, ys = zip(*_pixels(points), strict=True)
        m, (width, height) = margin * SCALE, self.image.size
        left, top = max(0, round(min(xs) - m)), max(0, round(min(ys) - m))
        return left, top, min(width, round(max(xs) + m)), min(height, round(max(ys) + m))

    def _mask(self, points: Points, frame: Frame) -> Image.Image:
        left, top, right, bottom = frame
        mask = Image.new("L", (right - left, bottom - top))
        ImageDraw.Draw(mask).polygon([(x - left, y - top) for x, y in _pixels(points)], fill=255)
        return mask

    def _pour(self, picture: "Image.Image | str", mask: Image.Image, frame: Frame, share: float = 1) -> None:
        """Lay a picture or a colour over a frame of the sheet where `mask` is."""
        if share < 1:
            mask = mask.point(lambda value: round(value * share))
        self.image.paste(picture, frame, mask)

    def copy_onto(self) -> "Sheet":
        """A second sheet that begins as this one looks now."""
        twin = Sheet("#000000")
        twin.image.paste(self.image)
        return twin


def _pixels(points: Points) -> Points:
    return [((x + WIDTH / 2) * SCALE, y * SCALE) for x, y in points]
