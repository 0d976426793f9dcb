"""Colour arithmetic: from one brand colour to partners that people can read, in light and in dark.

Lightness is moved in OKLCH (Björn Ottosson, 2020), where equal steps look equal and the hue stays; contrast is that of
WCAG 2.2 (relative luminance). Everything here is a pure function of its arguments.
"""

import math
from functools import lru_cache
from typing import NamedTuple

TEXT_CONTRAST = 4.5  # WCAG 2.2, 1.4.3: text
SHAPE_CONTRAST = 3.0  # WCAG 2.2, 1.4.11: shapes that carry meaning
_MARGIN = 0.05  # rounding to eight bits must not fall below the bar
_STEP = 0.005

Channels = tuple[float, float, float]


class Ground(NamedTuple):
    """The neutral surfaces of one theme; the style sheet uses the same values."""

    paper: str
    leaf: str
    sunk: str
    ink: str
    tint: float  # how much of the brand colour a tinted surface takes
    text_bar: float  # contrast that coloured text aims for; small light text on dark wants more than the bar
    is_dark: bool


LIGHT = Ground("#faf7f1", "#fffdf9", "#f3eee4", "#26221c", tint=0.09, text_bar=5.0, is_dark=False)
DARK = Ground("#1a1815", "#22201c", "#141210", "#ece6da", tint=0.16, text_bar=7.0, is_dark=True)
WHITE = "#ffffff"
BLACK = "#14110d"


class Partners(NamedTuple):
    """What one theme makes of the brand colour. Each pair that meets on a page keeps its WCAG bar."""

    text: str  # links and words on paper, leaf, sunk and soft: at least 4.5
    rule: str  # lines and marks on the same: at least 3
    fill: str  # behind a primary button's words
    fill_hover: str
    on_fill: str  # those words, on fill and fill_hover: at least 4.5
    soft: str  # a tinted surface; ink and text stay readable on it


def contrast(first: str, second: str) -> float:
    """WCAG contrast ratio of two hex colours, from 1 to 21."""
    lighter, darker = sorted((_luminance(first), _luminance(second)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def mix(under: str, over: str, share: float) -> str:
    """Lay `share` (0-1) of one hex colour over another, in sRGB."""
    pairs = zip(_channels(under), _channels(over), strict=True)
    red, green, blue = (low + (high - low) * share for low, high in pairs)
    return _hex((red, green, blue))


@lru_cache(maxsize=64)
def partners(brand: str, ground: Ground) -> Partners:
    """Compute one theme's readable partners of a hex colour."""
    towards = 1 if ground.is_dark else -1
    soft = mix(ground.paper, brand, ground.tint)
    surfaces = (ground.paper, ground.leaf, ground.sunk, soft)
    text = _move(brand, towards, surfaces, ground.text_bar)
    fill, on_fill = (text, BLACK) if ground.is_dark else _button(brand)
    return Partners(
        text=text,
        rule=_move(brand, towards, surfaces, SHAPE_CONTRAST),
        fill=fill,
        fill_hover=_nudge(fill, -0.05 if on_fill == WHITE else 0.05),
        on_fill=on_fill,
        soft=soft,
    )


def _button(brand: str) -> tuple[str, str]:
    """Pick a fill and the colour of its words: white when the fill can carry it, else near-black."""
    if contrast(brand, WHITE) >= TEXT_CONTRAST + _MARGIN:
        return brand, WHITE
    if contrast(brand, BLACK) >= TEXT_CONTRAST * 1.5:
        return brand, BLACK
    return _move(brand, -1, (WHITE,), TEXT_CONTRAST), WHITE


def _move(colour: str, towards: int, surfaces: tuple[str, ...], bar: float) -> str:
    """Lighten (+1) or darken (-1) a colour no further than needed to clear `bar` on every surface."""
    lightness, chroma, hue = _to_oklch(colour)
    moved = colour
    while min(contrast(moved, surface) for surface in surfaces) < bar + _MARGIN and 0 < lightness < 1:
        lightness = min(1.0, max(0.0, lightness + towards * _STEP))
        moved = _from_oklch(lightness, chroma, hue)
    if min(contrast(moved, surface) for surface in surfaces) < bar:
        return WHITE if towards > 0 else BLACK
    return moved


def _nudge(colour: str, by: float) -> str:
    lightness, chroma, hue = _to_oklch(colour)
    return _from_oklch(min(1.0, max(0.0, lightness + by)), chroma, hue)


def _channels(colour: str) -> Channels:
    red, green, blue = (int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5))
    return red, green, blue


def _hex(channels: Channels) -> str:
    return "#" + "".join(f"{round(min(1.0, max(0.0, value)) * 255):02x}" for value in channels)


def _linear(value: float) -> float:
    return value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4


def _gamma(value: float) -> float:
    return 12.92 * value if value <= 0.0031308 else 1.055 * value ** (1 / 2.4) - 0.055


@lru_cache(maxsize=512)
def _luminance(colour: str) -> float:
    red, green, blue = (_linear(value) for value in _channels(colour))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _to_oklch(colour: str) -> Channels:
    red, green, blue = (_linear(value) for value in _channels(colour))
    long = math.cbrt(0.4122214708 * red + 0.5363325363 * green + 0.0514459929 * blue)
    medium = math.cbrt(0.2119034982 * red + 0.6806995451 * green + 0.1073969566 * blue)
    short = math.cbrt(0.0883024619 * red + 0.2817188376 * green + 0.6299787005 * blue)
    lightness = 0.2104542553 * long + 0.7936177850 * medium - 0.0040720468 * short
    a = 1.9779984951 * long - 2.4285922050 * medium + 0.4505937099 * short
    b = 0.0259040371 * long + 0.7827717662 * medium - 0.8086757660 * short
    return lightness, math.hypot(a, b), math.atan2(b, a)


def _from_oklch(lightness: float, chroma: float, hue: float) -> str:
    """Take chroma away until the screen can show the colour, so that hue and lightness stay."""
    while True:
        linear = _oklch_to_linear(lightness, chroma, hue)
        if chroma < 0.001 or all(-0.0005 <= value <= 1.0005 for value in linear):
            red, green, blue = (_gamma(min(1.0, max(0.0, value))) for value in linear)
            return _hex((red, green, blue))
        chroma *= 0.96


def _oklch_to_linear(lightness: float, chroma: float, hue: float) -> Channels:
    a, b = chroma * math.cos(hue), chroma * math.sin(hue)
    long = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3
    medium = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3
    short = (lightness - 0.0894841775 * a - 1.2914855480 * b) ** 3
    return (
        4.0767416621 * long - 3.3077115913 * medium + 0.2309699292 * short,
        -1.2684380046 * long + 2.6097574011 * medium - 0.3413193965 * short,
        -0.0041960863 * long - 0.7034186147 * medium + 1.7076147010 * short,
    )
