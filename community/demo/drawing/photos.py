"""Customers' photos, drawn: cloth from near, things where they are used. By name; see `photos` in the data."""

import random
from collections.abc import Callable
from functools import cache

from PIL import Image, ImageChops, ImageFilter, ImageOps

from community.demo.drawing.catalogue import DRAWINGS
from community.demo.drawing.cloth import buttons, cable, flowers, plaid, stitches, twill, wool
from community.demo.drawing.pen import Sheet, box, darker, lighter, mixed, oval, path

ALL = (-400.0, 0.0, 400.0, 600.0)


@cache
def photo(name: str) -> Image.Image:
    """800 × 600, with a little grain and a falling-off of light, as a telephone would take it."""
    sheet = Sheet("#8a7a66")
    PHOTOS[name](sheet)
    return _as_taken(sheet.finished())


def _as_taken(picture: Image.Image) -> Image.Image:
    """Grain, and light that falls off from a place up and left of the middle."""
    width, height = picture.size
    grain = Image.effect_noise((width // 3, height // 3), 9).resize(picture.size, Image.Resampling.BICUBIC)
    picture = ImageChops.soft_light(picture, grain.convert("RGB"))
    gloom = Image.radial_gradient("L").resize((round(width * 1.5), round(height * 1.5)))
    gloom = gloom.crop((round(width * 0.35), round(height * 0.4), round(width * 1.35), round(height * 1.4)))
    dark = Image.new("RGB", picture.size, "#1c130a")
    return Image.composite(dark, picture, gloom.point(lambda value: max(0, round(value * 0.6 - 28))))


def _table(sheet: Sheet, colour: str = "#9a7550") -> None:
    """Boards, seen from above."""
    dice = random.Random(12)
    for n in range(6):
        board = mixed(colour, "#5c3f28", dice.uniform(0, 0.3))
        sheet.fill(box(-400, n * 100, 800, 100), board)
        for _ in range(9):
            y = n * 100 + dice.uniform(6, 94)
            x = dice.uniform(-420, 200)
            grain = path(f"M{x},{y} C{x + 80},{y + 5} {x + 160},{y - 5} {x + dice.uniform(200, 420)},{y + 2}")
            sheet.line(grain, darker(board, 0.13), 1.4)
        sheet.line([(-400, n * 100), (400, n * 100)], "#4c341f", 2.4)


def cable_near(sheet: Sheet) -> None:
    cloth = "#5d7284"
    sheet.fill(box(-400, 0, 800, 600), cloth)
    stitches(sheet, ALL, darker(cloth, 0.2), 26)
    for x in (-250, 0, 250):
        sheet.fill(box(x - 78, 0, 156, 600), darker(cloth, 0.08))
        cable(sheet, x, -40, 620, cloth, 62)
    wool(sheet, ALL, (lighter(cloth, 0.22), darker(cloth, 0.14)), count=2400)


def plaid_near(sheet: Sheet) -> None:
    cloth = "#8c3b34"
    sheet.fill(box(-400, 0, 800, 600), cloth)
    plaid(sheet, (-430, -20, 430, 620), ("#6d2c2a", "#43201f", "#e0b76a"))
    twill(sheet, ALL, mixed(cloth, "#2a1512", 0.3), 6, 0.8)
    placket = box(-70, 0, 140, 600)
    sheet.shade(placket, 26, 0.4)
    for x in (-70, 70):
        sheet.line([(x, 0), (x, 600)], "#2f1614", 3)
        sheet.dashes([(x * 0.86, 0), (x * 0.86, 600)], "#e0b76a", 2, 12)
    buttons(sheet, [(0, 130), (0, 470)], "#efe3cb", 30)


def floral_near(sheet: Sheet) -> None:
    cloth = "#f3ead6"
    sheet.fill(box(-400, 0, 800, 600), cloth)
    flowers(sheet, ALL, ("#5b7fa6", "#7d9cc0", "#c9705a"), "#7c8f63", 3, size=3.1)
    for x in (-260, -40, 210):
        fold = path(
            f"M{x},0 C{x + 40},200 {x - 30},400 {x + 30},600 L{x + 90},600 C{x + 40},400 {x + 110},200 {x + 60},0"
        )
        sheet.fade(fold, "#6d5a3c", 0.42, within=box(-400, 0, 800, 600))


def red_mend(sheet: Sheet) -> None:
    cloth = "#4b4d50"
    sheet.fill(box(-400, 0, 800, 600), cloth)
    twill(sheet, ALL, lighter(cloth, 0.12), 9, 1.4)
    patch = path(
        "M-210,120 C-80,96 90,104 206,128 C224,250 220,370 200,486 C80,508 -90,506 -204,480 C-224,360 -226,240 -210,120"
    )
    sheet.fade(patch, "#2c2e31", 0.6, within=box(-400, 0, 800, 600))
    dice = random.Random(5)
    for n in range(17):
        y = 138 + n * 20
        row = path(
            f"M-196,{y + dice.uniform(-4, 4)} C-60,{y + dice.uniform(-6, 6)} 60,{y + dice.uniform(-6, 6)}"
            f" 196,{y + dice.uniform(-4, 4)}"
        )
        sheet.dashes(row, "#b5402f", 4.4, 15 + dice.uniform(-2, 2))


def cat_bed(sheet: Sheet) -> None:
    _table(sheet)
    rim = oval(0, 330, 300, 200)
    sheet.drop_shadow(rim, 10, 22, 0.4)
    sheet.fill(rim, "#8d97a0")
    sheet.fill(oval(0, 326, 226, 136), "#68737d")
    sheet.shade(rim, 60, 0.3)
    felt = sheet.copy_onto()
    wool(felt, (-300, 130, 300, 530), ("#97a1aa", "#7b868f"), count=1200)
    sheet.within(rim, felt)
    fur = "#b9783f"
    sheet.fill(path("M-170,340 C-160,240 -40,204 60,226 C160,246 190,330 150,386 C90,440 -110,440 -170,340"), fur)
    sheet.line(path("M120,400 C40,452 -120,440 -150,370"), darker(fur, 0.14), 40)
    sheet.fill(
        path("M-30,300 C-44,250 -20,226 4,240 C24,230 48,230 66,240 C92,224 112,252 98,300 C100,352 -34,352 -30,300"),
        lighter(fur, 0.1),
    )
    for ear in ("M-22,262 L-16,218 L16,240", "M54,240 L84,218 L92,264"):
        sheet.fill(path(ear), darker(fur, 0.06))
    for text in ("M-8,300 C2,308 14,308 22,300", "M48,300 C58,308 68,308 78,300"):
        sheet.line(path(text), "#3a2413", 3.4)
    sheet.fill(path("M28,318 L44,318 L36,328"), "#6e3527")
    for n in range(3):
        x = -140 + n * 40
        sheet.line(path(f"M{x},262 C{x + 14},284 {x + 12},306 {x + 2},326"), darker(fur, 0.28), 6)


def socks_at_rest(sheet: Sheet) -> None:
    sheet.fill(box(-400, 0, 800, 600), "#b9c6c8")
    for points, colour in (
        (
            "M-400,330 C-260,210 -160,180 -60,250 C40,320 140,190 260,200 C320,206 370,240 400,262 L400,600 L-400,600",
            "#8aa0a0",
        ),
        ("M-400,400 C-240,330 -80,380 60,350 C200,320 320,360 400,340 L400,600 L-400,600", "#6f8574"),
        ("M-400,470 C-200,430 160,470 400,430 L400,600 L-400,600", "#5b6b4e"),
    ):
        sheet.fill(path(points), colour)
    rail = box(-400, 416, 800, 34)
    sheet.fill(rail, "#7d674d")
    sheet.shade(rail, 10, 0.3)
    for x in (-320, 300):
        sheet.fill(box(x, 330, 40, 270, 6), "#6e5a43")
    _hung_sock(sheet, -120, "#b0653c")
    _hung_sock(sheet, 70, "#b0653c")


def _hung_sock(sheet: Sheet, x: float, cloth: str) -> None:
    leg = [
        (px + x, py)
        for px, py in path(
            "M-34,404 L34,404 C36,450 34,488 40,512 C66,530 100,540 110,560 C116,580 98,590 70,588"
            " C30,588 -10,576 -28,548 C-40,520 -32,450 -34,404"
        )
    ]
    sheet.drop_shadow(leg, 6, 6, 0.3)
    sheet.fill(leg, cloth)
    knit = sheet.copy_onto()
    stitches(knit, (x - 50, 400, x + 130, 590), darker(cloth, 0.16), 7)
    sheet.within(leg, knit)
    sheet.shade(leg, 18, 0.3)
    sheet.fill(box(x - 37, 400, 74, 22, 4), darker(cloth, 0.2))


def torch_in_tent(sheet: Sheet) -> None:
    sheet.fill(box(-400, 0, 800, 600), "#171a26")
    dice = random.Random(9)
    sheet.dots([(dice.uniform(-400, 400), dice.uniform(0, 360)) for _ in range(150)], "#cfd6e6", 1.2)
    sheet.fill(path("M-400,430 C-220,300 -120,330 0,240 C120,320 240,280 400,400 L400,600 L-400,600"), "#0e111a")
    tent = path("M-190,520 C-120,430 -50,330 -6,290 C60,330 150,430 210,520")
    sheet.fill(tent, "#c98a3c")
    sheet.fade(oval(0, 470, 110, 80), "#ffe9b0", 0.9, within=tent)
    sheet.line(path("M-6,290 C10,370 22,450 26,520"), "#8a5a24", 4)
    sheet.line(path("M-6,290 C-50,330 -120,430 -190,520"), "#8a5a24", 3)
    sheet.fill(path("M-400,520 C-200,508 200,512 400,520 L400,600 L-400,600"), "#0b0d14")


def rain_on_shell(sheet: Sheet) -> None:
    cloth = "#51626b"
    sheet.fill(box(-400, 0, 800, 600), cloth)
    twill(sheet, ALL, lighter(cloth, 0.08), 8, 1)
    sheet.line(path("M-400,210 C-150,250 150,250 400,200"), darker(cloth, 0.3), 5)
    dice = random.Random(21)
    placed: list[tuple[float, float, int]] = []
    for _ in range(1500):
        x, y, r = dice.uniform(-400, 400), dice.uniform(0, 600), dice.choice((4, 6, 8, 12, 19))
        if any((x - a) ** 2 + (y - b) ** 2 < (r + c + 4) ** 2 for a, b, c in placed):
            continue
        placed.append((x, y, r))
    for x, y, r in placed:
        sheet.fill(oval(x + r * 0.16, y + r * 0.22, r, r), darker(cloth, 0.36))
        sheet.fill(oval(x, y, r, r), lighter(cloth, 0.16))
        sheet.fill(oval(x + r * 0.2, y + r * 0.28, r * 0.62, r * 0.6), lighter(cloth, 0.3))
        sheet.dots([(x - r * 0.36, y - r * 0.4)], "#f7fbfc", r * 0.2)


def on_the_table(
    slug: str,
    turn: float = 7,
    zoom: float = 1,
    at: tuple[float, float] = (0.5, 0.5),
    *,
    table: str = "#9a7550",
    cloth: str = "",
) -> Callable[[Sheet], None]:
    """A product laid on boards, turned by so many degrees; from nearer, `at` a part of it, and in another colour."""

    def draw(sheet: Sheet) -> None:
        _table(sheet, table)
        drawing, mask = _cut_out(slug)
        if cloth:
            drawing = ImageOps.colorize(drawing.convert("L"), darker(cloth, 0.75), lighter(cloth, 0.5), mid=cloth)
        turned = [part.rotate(turn, Image.Resampling.BICUBIC) for part in (drawing, mask)]
        sheet.image.paste(turned[0], (0, 0), turned[1])
        width, height = sheet.image.size
        left, top = (at[0] * (1 - 1 / zoom) * width, at[1] * (1 - 1 / zoom) * height)
        part = sheet.image.crop((round(left), round(top), round(left + width / zoom), round(top + height / zoom)))
        sheet.image = part.resize((width, height), Image.Resampling.BICUBIC)

    return draw


@cache
def _cut_out(slug: str) -> tuple[Image.Image, Image.Image]:
    """The drawing, and where it is: what two grounds that differ leave alike is the drawing."""
    grounds = Sheet("#00ff01"), Sheet("#ffffff")
    for ground in grounds:
        DRAWINGS[slug][0](ground)
    red = [ground.image.getchannel("R") for ground in grounds]
    opaque = Image.eval(ImageChops.difference(*red), lambda value: 255 if value < 60 else 0)
    return grounds[1].image, opaque.filter(ImageFilter.MedianFilter(5))


PHOTOS: dict[str, Callable[[Sheet], None]] = {
    "cable-near": cable_near,
    "plaid-near": plaid_near,
    "floral-near": floral_near,
    "red-mend": red_mend,
    "cat-bed": cat_bed,
    "socks-at-rest": socks_at_rest,
    "torch-in-tent": torch_in_tent,
    "rain-on-shell": rain_on_shell,
    "cardigan-on-table": on_the_table("marram-cardigan"),
    "jeans-on-table": on_the_table("coppice-jeans"),
} | {
    f"marram-{name}": on_the_table("marram-cardigan", turn, zoom, at, table=table, cloth=cloth)
    for name, turn, zoom, at, table, cloth in (
        ("buttons", 4, 2.6, (0.5, 0.35), "#9a7550", ""),
        ("cuff", -12, 3.0, (0.15, 0.85), "#b9a482", ""),
        ("collar", 2, 2.8, (0.5, 0.05), "#7d6a58", "#6b6e72"),
        ("on-pale-boards", -9, 1.0, (0.5, 0.5), "#cbb896", "#6b6e72"),
        ("grey-hem", 11, 2.2, (0.5, 1.0), "#8f7a5e", "#6b6e72"),
        ("brown", -5, 1.1, (0.5, 0.4), "#a58a66", "#6a4a33"),
        ("brown-sleeve", 16, 2.4, (0.95, 0.6), "#a58a66", "#6a4a33"),
        ("black", 8, 1.0, (0.5, 0.5), "#c9b48f", "#2c2b2d"),
        ("black-buttons", -3, 2.9, (0.5, 0.55), "#c9b48f", "#2c2b2d"),
        ("rust-at-dusk", 5, 1.2, (0.4, 0.3), "#5c4632", ""),
        ("rib", 0, 4.2, (0.4, 0.5), "#9a7550", ""),
        ("grey-rib", 0, 4.0, (0.62, 0.6), "#9a7550", "#6b6e72"),
        ("folded-askew", 38, 1.3, (0.5, 0.5), "#b09066", "#6a4a33"),
    )
}
