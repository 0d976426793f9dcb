"""Jackets and the coat."""

from community.demo.drawing.cloth import buttons, twill, wool
from community.demo.drawing.pen import Points, Sheet, box, darker, flipped, lighter, mixed, oval, path, whole


def bramble_field_jacket(sheet: Sheet) -> None:
    cloth = "#777a4f"
    sleeve = path("M92,98 C126,104 148,128 162,170 C182,234 196,310 204,402 L158,412 C146,340 130,276 108,230")
    body = whole("M0,96 L46,84 C66,88 86,94 104,102 C118,150 116,200 112,250 C112,340 118,420 124,496 L0,502")
    _sleeves(sheet, sleeve, cloth)
    sheet.drop_shadow(body)
    sheet.fill(body, cloth)
    woven = sheet.copy_onto()
    twill(woven, (-140, 80, 140, 510), mixed(cloth, "#fffaf0", 0.08), 6, 0.9)
    sheet.within(body, woven)
    sheet.shade(body, 34, 0.25)
    for x in (-13, 13):
        sheet.line([(x, 110), (x, 500)], darker(cloth, 0.3), 1.6)
    for x in (-1, 1):
        _pocket(sheet, x, 36, 160, 56, 66, cloth)
        _pocket(sheet, x, 30, 356, 74, 92, cloth)
        sheet.fill(box(x * 100 - 14, 96, 28, 9, 3), darker(cloth, 0.12))
    cord = path("M-112,300 C-50,308 50,308 112,300")
    sheet.line(cord, darker(cloth, 0.34), 2)
    sheet.line(path("M6,304 C16,326 8,344 16,366"), "#d9c79c", 3.4)
    sheet.line(path("M-4,304 C-14,322 -8,340 -18,356"), "#d9c79c", 3.4)
    buttons(sheet, [(0, y) for y in (138, 196, 254, 330, 388, 446)], "#4b3a26", 6)
    _collar(sheet, cloth, 132)
    cuff = path("M205,396 L158,406 L155,380 L201,370")
    for side in (cuff, flipped(cuff)):
        sheet.fill(side, darker(cloth, 0.14))


def _pocket(sheet: Sheet, side: int, x: float, y: float, width: float, height: float, cloth: str) -> None:
    left = x if side > 0 else -x - width
    patch = box(left, y, width, height, 6)
    sheet.fill(patch, lighter(cloth, 0.05))
    sheet.line([*patch, patch[0]], darker(cloth, 0.32), 1.6)
    flap = path(
        f"M{left - 3},{y - 4} L{left + width + 3},{y - 4} L{left + width + 3},{y + 16}"
        f" L{left + width / 2},{y + 26} L{left - 3},{y + 16}"
    )
    sheet.fill(flap, darker(cloth, 0.06))
    sheet.line([*flap, flap[0]], darker(cloth, 0.36), 1.6)
    buttons(sheet, [(left + width / 2, y + 12)], "#4b3a26", 4.4)


def mardale_wool_coat(sheet: Sheet) -> None:
    cloth = "#b98a57"
    sleeve = path("M84,86 C118,92 138,114 152,156 C170,220 180,290 186,372 L142,380 C132,316 118,262 98,218")
    body = whole("M0,84 L44,72 C62,76 80,82 96,90 C110,140 108,190 106,240 C112,350 122,450 128,548 L0,552")
    _felted(sheet, sleeve, darker(cloth, 0.08), with_flip=True)
    sheet.drop_shadow(body)
    _felted(sheet, body, cloth)
    sheet.shade(body, 36, 0.25)
    sheet.fill(path("M-40,74 C-20,84 20,84 40,74 L0,196"), darker(cloth, 0.5))
    scarf = path("M-30,78 C-14,88 14,88 30,78 L0,180")
    sheet.fill(scarf, "#efe3cf")
    lapel = path("M0,212 L34,70 L62,84 L78,132 L58,140 L64,152 C48,178 24,200 0,216")
    for side in (flipped(lapel), lapel):
        _felted(sheet, side, lighter(cloth, 0.1))
        sheet.line([*side, side[0]], darker(cloth, 0.3), 1.5)
    sheet.line([(8, 214), (8, 550)], darker(cloth, 0.36), 2)
    buttons(sheet, [(-8, 236), (-8, 296), (-8, 356)], "#4a3220", 8)
    for x in (-1, 1):
        welt = path(f"M{x * 48},330 L{x * 96},318 L{x * 98},334 L{x * 50},346")
        sheet.fill(welt, darker(cloth, 0.12))
        sheet.line([*welt, welt[0]], darker(cloth, 0.34), 1.4)
    for x, top in ((-70, 380), (60, 370)):
        sheet.line(path(f"M{x},{top} C{x - 2},{top + 60} {x},{top + 110} {x + 4},{top + 170}"), darker(cloth, 0.14), 3)


def kestrel_rain_shell(sheet: Sheet) -> None:
    cloth = "#c28a2e"
    sleeve = path("M96,128 C134,134 158,160 172,202 C190,262 202,330 208,414 L162,424 C150,352 134,296 112,252")
    body = whole("M0,120 L56,112 C74,116 92,122 108,130 C122,180 120,230 116,280 C116,360 120,430 124,500 L0,508")
    hood = whole("M0,42 C44,42 76,70 78,114 C72,138 40,150 0,152")
    _sleeves(sheet, sleeve, cloth)
    sheet.drop_shadow(body)
    sheet.fill(body, cloth)
    sheet.shade(body, 36, 0.24)
    yoke = path("M-108,130 C-60,170 60,170 108,130 L56,112 L-56,112")
    sheet.fill(yoke, darker(cloth, 0.1))
    sheet.drop_shadow(hood, 0, 6, 0.22)
    sheet.fill(hood, lighter(cloth, 0.06))
    sheet.shade(hood, 22, 0.22)
    opening = whole("M0,70 C30,70 50,88 50,110 C46,132 24,144 0,150")
    sheet.fill(opening, darker(cloth, 0.6))
    sheet.fill(path("M-50,108 C-52,136 -24,148 0,150 L-22,118"), darker(cloth, 0.28))
    sheet.fill(path("M50,108 C52,136 24,148 0,150 L22,118"), darker(cloth, 0.34))
    peak = path("M-56,108 C-50,56 50,56 56,108 C34,82 -34,82 -56,108")
    sheet.fill(peak, lighter(cloth, 0.16))
    sheet.line(path("M-56,108 C-34,82 34,82 56,108"), darker(cloth, 0.3), 1.6)
    zip_colour = "#3f4548"
    sheet.line([(0, 120), (0, 506)], zip_colour, 7)
    sheet.dashes([(0, 124), (0, 504)], lighter(zip_colour, 0.35), 2, 4)
    sheet.fill(box(-4, 150, 8, 24, 3), "#e7dcc4")
    for x in (-1, 1):
        sheet.line(path(f"M{x * 66},246 C{x * 72},290 {x * 78},330 {x * 84},374"), zip_colour, 4.4)
        sheet.line(path(f"M{x * 132},160 C{x * 128},200 {x * 120},230 {x * 112},252"), darker(cloth, 0.32), 2)
        tab = path(f"M{x * 160},396 L{x * 190},388 L{x * 192},404 L{x * 163},411")
        sheet.fill(tab, zip_colour)
    sheet.line(path("M-124,484 C-60,494 60,494 124,484"), darker(cloth, 0.22), 2)
    for x, y in (
        (-80, 200),
        (-58, 232),
        (-92, 262),
        (-40, 300),
        (-84, 330),
        (46, 220),
        (34, 290),
        (62, 420),
        (-60, 440),
    ):
        sheet.fill(oval(x, y, 3.4, 4.4), lighter(cloth, 0.55))
        sheet.dots([(x - 1, y - 1)], "#ffffff", 0.9)


def _sleeves(sheet: Sheet, sleeve: Points, cloth: str) -> None:
    for side in (sleeve, flipped(sleeve)):
        sheet.drop_shadow(side)
        sheet.fill(side, darker(cloth, 0.09))
        sheet.shade(side, 15, 0.26)


def _collar(sheet: Sheet, cloth: str, tip: float) -> None:
    sheet.fill(oval(0, 88, 44, 14), darker(cloth, 0.5))
    flap = path(f"M0,112 L44,80 L56,98 L40,{tip + 8} L3,116")
    for side in (flap, flipped(flap)):
        sheet.fill(side, lighter(cloth, 0.1))
        sheet.line([*side, side[0]], darker(cloth, 0.34), 1.6)


def _felted(sheet: Sheet, shape: Points, cloth: str, *, with_flip: bool = False) -> None:
    for side in (shape, flipped(shape)) if with_flip else (shape,):
        if with_flip:
            sheet.drop_shadow(side)
        felt = sheet.copy_onto()
        felt.fill(side, cloth)
        wool(felt, (-200, 60, 200, 560), (lighter(cloth, 0.1), darker(cloth, 0.07)), count=2600)
        sheet.within(side, felt)
        if with_flip:
            sheet.shade(side, 15, 0.24)
