"""Tops, shirts and knitwear."""

from community.demo.drawing.cloth import buttons, cable, plaid, ribs, stitches, wool
from community.demo.drawing.pen import Points, Sheet, box, darker, flipped, lighter, mixed, moved, oval, path, whole


def alder_long_sleeve_tee(sheet: Sheet) -> None:
    cloth = "#a5483a"
    sleeve = path("M86,98 C116,104 136,126 150,164 C170,226 184,300 196,392 L158,400 C144,336 128,272 104,222")
    body = whole(
        "M0,104 C22,104 44,98 54,80 C70,86 84,92 100,98 C112,140 110,190 108,230 C106,330 108,420 112,508 L0,514"
    )
    _sleeves(sheet, sleeve, cloth)
    sheet.drop_shadow(body)
    _back_of_neck(sheet, cloth)
    sheet.fill(body, cloth)
    sheet.shade(body, 34, 0.22)
    band = path("M197,398 L158,406 L155,378 L193,370")
    for side in (band, flipped(band)):
        sheet.fill(side, darker(cloth, 0.15))
    neck = path("M-54,80 C-44,98 -22,104 0,104 C22,104 44,98 54,80")
    sheet.line(neck, darker(cloth, 0.2), 9)
    sheet.line(neck, lighter(cloth, 0.08), 5)
    for y in (494, 500):
        sheet.dashes(path(f"M-111,{y} C-60,{y + 5} 60,{y + 5} 111,{y}"), darker(cloth, 0.22), 1.2)
    for points in (
        "M-92,236 C-60,260 -30,268 0,262",
        "M100,262 C80,300 60,316 30,322",
        "M-96,380 C-60,402 -24,406 10,396",
    ):
        sheet.line(path(points), darker(cloth, 0.1), 3)


def heron_tunic(sheet: Sheet) -> None:
    cloth = "#6b3542"
    sleeve = path("M88,94 C116,100 134,120 146,156 C166,222 178,290 190,372 L150,382 C136,320 122,264 102,216")
    body = whole(
        "M0,150 L46,82 C64,86 82,90 98,96 C110,140 106,190 104,224 C108,330 122,430 134,520 C130,528 124,530 118,530"
        " C80,548 40,552 0,552"
    )
    _sleeves(sheet, sleeve, cloth)
    sheet.drop_shadow(body)
    sheet.fill(path("M-46,82 C-20,92 20,92 46,82 L0,152"), darker(cloth, 0.4))
    sheet.fill(body, cloth)
    sheet.shade(body, 34, 0.24)
    sheet.line(path("M-46,82 L0,150 L46,82"), lighter(cloth, 0.12), 5)
    for x in (-1, 1):
        sheet.line([(x * 118, 440), (x * 128, 528)], darker(cloth, 0.4), 2.4)
        sheet.line([(x * 111, 300), (x * 96, 350)], darker(cloth, 0.32), 2.2)
    for x, top in ((-62, 250), (-18, 230), (34, 260)):
        sheet.line(
            path(f"M{x},{top} C{x - 4},{top + 90} {x - 10},{top + 160} {x - 16},{top + 250}"), darker(cloth, 0.12), 3
        )
    sheet.dashes(path("M-120,520 C-80,538 80,538 120,520"), lighter(cloth, 0.2), 1.2)


def wren_blouse(sheet: Sheet) -> None:
    cloth = "#e3b9ae"
    sleeve = path(
        "M86,96 C124,98 152,126 172,176 C192,230 204,282 206,330 C196,346 168,350 156,338 C148,290 132,250 104,220"
    )
    body = whole(
        "M0,92 L40,84 C58,88 76,92 92,98 C106,140 104,180 104,220 C112,320 126,400 136,470 C100,490 50,494 0,494"
    )
    _sleeves(sheet, sleeve, cloth)
    sheet.drop_shadow(body)
    sheet.fill(oval(0, 86, 40, 12), darker(cloth, 0.3))
    sheet.fill(body, cloth)
    for n in range(-5, 6):
        x = n * 13
        sheet.line(path(f"M{x},{128 + abs(n) * 2} C{x * 1.1},220 {x * 1.3},330 {x * 1.75},478"), darker(cloth, 0.09), 2)
    sheet.shade(body, 36, 0.17)
    cuff = path("M208,342 L158,350 L154,326 L206,318")
    for side in (cuff, flipped(cuff)):
        sheet.fill(side, darker(cloth, 0.1))
        sheet.line([*side, side[0]], darker(cloth, 0.26), 1.2)
    stand = whole("M0,100 C18,98 32,92 41,84 L38,66 C28,78 14,82 0,82")
    sheet.fill(stand, lighter(cloth, 0.24))
    sheet.line([*stand, stand[0]], darker(cloth, 0.26), 1.3)
    sheet.line([(0, 100), (0, 210)], darker(cloth, 0.24), 1.6)
    buttons(sheet, [(7, 122), (7, 150), (7, 178), (7, 204)], "#f6ead8", 4)
    sheet.line(path("M-135,470 C-100,488 100,488 135,470"), darker(cloth, 0.18), 1.6)


def linnet_plaid_shirt(sheet: Sheet) -> None:
    cloth = "#54664b"
    bands = ("#3d4d3a", "#28352a", "#c99a4e")
    sleeve = path("M88,94 C118,100 138,122 152,162 C170,222 182,292 192,370 L152,380 C138,318 124,262 104,218")
    body = whole(
        "M0,92 L44,82 C64,86 82,90 100,96 C112,140 108,190 106,228 C108,320 112,400 116,462 C100,500 50,506 0,496"
    )
    for side in (sleeve, flipped(sleeve)):
        sheet.drop_shadow(side)
        _plaid_within(sheet, side, darker(cloth, 0.1), bands, 12)
        sheet.shade(side, 12, 0.3)
    sheet.drop_shadow(body)
    _plaid_within(sheet, body, cloth, bands, 0)
    sheet.shade(body, 34, 0.26)
    cuff = path("M194,384 L152,393 L149,362 L189,353")
    for side in (cuff, flipped(cuff)):
        _plaid_within(sheet, side, cloth, bands, 30)
        sheet.line([*side, side[0]], darker(cloth, 0.4), 1.5)
    placket = box(-11, 100, 22, 396)
    _plaid_within(sheet, placket, cloth, bands, 20)
    for x in (-11, 11):
        sheet.line([(x, 104), (x, 496)], darker(cloth, 0.45), 1.4)
    pocket = path("M32,176 L84,176 L84,226 L58,240 L32,226")
    _plaid_within(sheet, pocket, cloth, bands, 14)
    sheet.line([*pocket, pocket[0]], darker(cloth, 0.45), 1.6)
    _button_down_collar(sheet, cloth, bands)
    buttons(sheet, [(0, y) for y in range(146, 480, 54)], "#e9dcc0", 4.6)


def drover_wool_sweater(sheet: Sheet) -> None:
    cloth = "#d9cbb0"
    sleeve = path("M96,104 C130,110 152,134 166,174 C186,236 198,306 206,398 L162,408 C148,340 134,282 112,236")
    body = whole(
        "M0,118 C24,118 44,110 54,92 C74,96 92,100 108,106 C122,150 120,200 118,244 C118,330 118,410 114,482 L0,488"
    )
    for side in (sleeve, flipped(sleeve)):
        sheet.drop_shadow(side)
        _knit_within(sheet, side, darker(cloth, 0.07))
        sheet.shade(side, 14, 0.24)
    sheet.drop_shadow(body)
    _back_of_neck(sheet, cloth, 90)
    _knit_within(sheet, body, cloth)
    knit = sheet.copy_onto()
    cable(knit, 0, 96, 480, cloth, 34)
    for x in (-66, 66):
        cable(knit, x, 80, 480, cloth, 16)
    sheet.within(body, knit)
    sheet.shade(body, 36, 0.22)
    _rib_band(sheet, whole("M0,482 L114,476 L110,520 C70,524 30,524 0,524"), cloth)
    cuff = path("M207,392 L162,402 L166,438 L206,430")
    for side in (cuff, flipped(cuff)):
        _rib_band(sheet, side, cloth)
    neck = path("M-56,92 C-44,112 -24,120 0,120 C24,120 44,112 56,92")
    sheet.line(neck, darker(cloth, 0.22), 17)
    sheet.line(neck, darker(cloth, 0.04), 13)


def marram_cardigan(sheet: Sheet) -> None:
    cloth = "#b26a43"
    sleeve = path("M90,92 C120,98 140,120 154,160 C174,224 186,296 196,392 L156,402 C142,336 126,272 104,222")
    front = path(
        "M4,238 C20,190 38,140 46,82 C64,86 82,90 98,96 C112,140 108,190 106,228 C108,330 110,420 110,486 L4,492"
    )
    for side in (sleeve, flipped(sleeve)):
        sheet.drop_shadow(side)
        _ribs_within(sheet, side, darker(cloth, 0.1))
        sheet.shade(side, 12, 0.25)
    inside = whole("M0,78 C18,78 34,78 46,82 C40,140 24,200 4,244 L0,250")
    sheet.fill(inside, darker(cloth, 0.42))
    sheet.fill(path("M-46,82 C-20,94 20,94 46,82 C20,78 -20,78 -46,82"), darker(cloth, 0.2))
    for side in (flipped(front), front):
        sheet.drop_shadow(side)
        _ribs_within(sheet, side, cloth)
    sheet.shade(front, 30, 0.26)
    edge = path("M50,80 C42,142 24,196 4,240 L4,492")
    for line in (flipped(edge), edge):
        sheet.line(line, darker(cloth, 0.24), 15)
        sheet.line(line, lighter(cloth, 0.05), 11)
    _rib_band(sheet, path("M-112,484 L112,484 L110,516 L-110,516"), cloth)
    cuff = path("M197,386 L156,396 L160,428 L198,420")
    for side in (cuff, flipped(cuff)):
        _rib_band(sheet, side, cloth)
    buttons(sheet, [(4, y) for y in (262, 310, 358, 406, 454)], "#5a3a26", 5.4)


def _sleeves(sheet: Sheet, sleeve: Points, cloth: str) -> None:
    for side in (sleeve, flipped(sleeve)):
        sheet.drop_shadow(side)
        sheet.fill(side, darker(cloth, 0.09))
        sheet.shade(side, 14, 0.24)


def _back_of_neck(sheet: Sheet, cloth: str, y: float = 80) -> None:
    sheet.fill(oval(0, y + 4, 55, 20), darker(cloth, 0.36))


def _plaid_within(sheet: Sheet, shape: Points, cloth: str, bands: tuple[str, str, str], shift: float) -> None:
    woven = sheet.copy_onto()
    woven.fill(shape, cloth)
    plaid(woven, (-240 + shift, 40 + shift, 240, 540), bands)
    sheet.within(shape, woven)


def _button_down_collar(sheet: Sheet, cloth: str, bands: tuple[str, str, str]) -> None:
    sheet.fill(oval(0, 84, 42, 13), darker(cloth, 0.5))
    flap = path("M0,104 L42,78 L50,94 L36,136 L2,108")
    for side in (flap, flipped(flap)):
        _plaid_within(sheet, side, lighter(cloth, 0.06), bands, 40)
        sheet.line([*side, side[0]], darker(cloth, 0.5), 1.6)
    buttons(sheet, [(-34, 124), (34, 124)], "#e9dcc0", 3)


def _knit_within(sheet: Sheet, shape: Points, cloth: str) -> None:
    knit = sheet.copy_onto()
    knit.fill(shape, cloth)
    stitches(knit, (-215, 80, 215, 490), darker(cloth, 0.13), 8)
    wool(knit, (-215, 80, 215, 490), (lighter(cloth, 0.4), darker(cloth, 0.08)), count=500)
    sheet.within(shape, knit)


def _ribs_within(sheet: Sheet, shape: Points, cloth: str) -> None:
    knit = sheet.copy_onto()
    knit.fill(shape, cloth)
    ribs(knit, (-205, 70, 205, 520), mixed(cloth, "#241c14", 0.16), 7, 1.6)
    sheet.within(shape, knit)


def _rib_band(sheet: Sheet, shape: Points, cloth: str) -> None:
    knit = sheet.copy_onto()
    knit.fill(shape, darker(cloth, 0.1))
    ribs(knit, (-215, 380, 215, 530), darker(cloth, 0.3), 8, 2)
    sheet.within(shape, knit)
    sheet.line([*moved(shape), shape[0]], darker(cloth, 0.3), 1.2)
