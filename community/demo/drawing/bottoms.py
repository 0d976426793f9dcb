"""Trousers, jeans, shorts, leggings and the skirt."""

from community.demo.drawing.cloth import buttons, ribs, twill, wool
from community.demo.drawing.pen import Points, Sheet, box, darker, flipped, lighter, mixed, moved, oval, path, whole


def coppice_jeans(sheet: Sheet) -> None:
    cloth = "#3b4d6b"
    leg = path("M0,78 L86,78 C98,130 108,190 110,250 C112,350 106,450 100,530 L34,530 C30,430 22,330 2,236")
    _legs(sheet, leg, cloth)
    for side in (leg, flipped(leg)):
        woven = sheet.copy_onto()
        twill(woven, (-130, 60, 130, 540), lighter(cloth, 0.1), 5, 0.8)
        sheet.within(side, woven)
        sheet.fade(oval(62 if side is leg else -62, 300, 20, 110), lighter(cloth, 0.55), 0.3, within=side)
    sheet.shade(leg, 26, 0.26)
    sheet.shade(flipped(leg), 20, 0.22)
    _waistband(sheet, cloth, 86, 84, 26)
    gold = "#c79250"
    _fly(sheet, cloth, gold)
    for x in (-1, 1):
        scoop = path(f"M{x * 40},104 C{x * 44},130 {x * 62},142 {x * 93},144")
        sheet.line(scoop, darker(cloth, 0.35), 2)
        sheet.dashes(moved(scoop, 0, 5), gold, 1.6)
        sheet.dashes(path(f"M{x * 104},200 C{x * 107},320 {x * 101},430 {x * 95},520"), gold, 1.2)
        for n in range(14):
            top = (x * (36 + n * 5), 528)
            sheet.line([top, (top[0] + x, 534 + (n * 7) % 5)], lighter(cloth, 0.6), 1.2)
    buttons(sheet, [(-9, 91)], gold, 6)
    for x in (-58, 0, 58):
        sheet.fill(box(x - 5 + (14 if x == 0 else 0), 74, 10, 34, 2), lighter(cloth, 0.08))


def _fly(sheet: Sheet, cloth: str, thread: str) -> None:
    sheet.line([(0, 104), (0, 240)], darker(cloth, 0.4), 2)
    sheet.dashes(path("M20,106 L20,180 C20,206 12,218 2,226"), thread, 1.6)


def wayside_trousers(sheet: Sheet) -> None:
    cloth = "#6d7350"
    leg = path("M0,76 L78,76 C98,140 112,210 122,290 C132,380 142,460 148,536 L26,542 C24,430 20,320 2,238")
    _legs(sheet, leg, cloth)
    for side in (leg, flipped(leg)):
        woven = sheet.copy_onto()
        twill(woven, (-160, 60, 160, 550), mixed(cloth, "#fffaf0", 0.07), 6, 0.9)
        sheet.within(side, woven)
    sheet.shade(leg, 32, 0.26)
    sheet.shade(flipped(leg), 24, 0.22)
    _waistband(sheet, cloth, 78, 80, 30)
    for x in (-1, 1):
        sheet.line([(x * 52, 108), (x * 92, 192)], darker(cloth, 0.36), 2.4)
        sheet.dashes([(x * 47, 110), (x * 87, 194)], lighter(cloth, 0.35), 1.2)
        sheet.line(path(f"M{x * 58},210 C{x * 70},320 {x * 82},420 {x * 88},530"), darker(cloth, 0.14), 2.6)
        sheet.line(path(f"M{x * 30},110 L{x * 34},170"), darker(cloth, 0.2), 2)
        sheet.dashes(path(f"M{x * 147},522 L{x * 28},528"), darker(cloth, 0.3), 1.2)
    sheet.line([(0, 106), (0, 238)], darker(cloth, 0.34), 2)
    buttons(sheet, [(70, 88), (72, 100), (79, 128), (85, 150)], "#3f3a2a", 4.4)


def sedge_skirt(sheet: Sheet) -> None:
    cloth = "#7a3b46"
    body = whole("M0,124 L74,118 C92,190 122,320 150,470 C100,490 50,494 0,494")
    sheet.drop_shadow(body)
    sheet.fill(body, cloth)
    knit = sheet.copy_onto()
    ribs(knit, (-160, 110, 160, 500), mixed(cloth, "#241c14", 0.1), 5, 1)
    sheet.within(body, knit)
    pleat = path("M0,160 L-26,494 L26,494")
    sheet.soak(pleat, darker(cloth, 0.4), 0.55)
    for x in (-1, 1):
        sheet.line(path(f"M0,158 C{x * 8},260 {x * 16},380 {x * 26},493"), darker(cloth, 0.36), 2.2)
        sheet.line([(x * 88, 176), (x * 74, 232)], darker(cloth, 0.36), 2.2)
        sheet.line(path(f"M{x * 60},220 C{x * 72},310 {x * 84},400 {x * 92},480"), darker(cloth, 0.13), 3)
    sheet.shade(body, 40, 0.26)
    _waistband(sheet, cloth, 74, 126, 26)
    sheet.dashes(path("M-148,464 C-100,482 100,482 148,464"), lighter(cloth, 0.22), 1.2)


def shoreline_shorts(sheet: Sheet) -> None:
    cloth = "#a8a17f"
    leg = path("M0,142 L92,142 C108,200 122,270 132,352 C136,392 138,420 138,446 L22,458 C18,400 12,350 2,302")
    _legs(sheet, leg, cloth)
    for side in (leg, flipped(leg)):
        woven = sheet.copy_onto()
        twill(woven, (-160, 120, 160, 470), mixed(cloth, "#fffaf0", 0.12), 5, 0.9)
        sheet.within(side, woven)
    sheet.shade(leg, 30, 0.24)
    sheet.shade(flipped(leg), 22, 0.2)
    _waistband(sheet, cloth, 92, 148, 28)
    sheet.line([(0, 174), (0, 302)], darker(cloth, 0.36), 2)
    sheet.dashes(path("M20,176 L20,236 C20,264 12,278 2,288"), darker(cloth, 0.32), 1.4)
    for x in (-1, 1):
        sheet.line([(x * 58, 174), (x * 108, 246)], darker(cloth, 0.36), 2.4)
        hem = path(f"M{x * 137},428 L{x * 21},440")
        sheet.dashes(hem, darker(cloth, 0.34), 1.3)
        sheet.line(moved(hem, 0, -6), darker(cloth, 0.16), 1)
    buttons(sheet, [(-8, 160)], "#5d5637", 6)
    for x in (-60, 60):
        sheet.fill(box(x - 5, 142, 10, 36, 2), lighter(cloth, 0.12))


def underfell_fleece_leggings(sheet: Sheet) -> None:
    cloth = "#4a4550"
    leg = path("M0,76 L74,76 C88,130 92,190 86,250 C78,340 70,430 62,532 L28,536 C26,430 22,330 2,232")
    _legs(sheet, leg, cloth)
    for side in (leg, flipped(leg)):
        soft = sheet.copy_onto()
        wool(soft, (-100, 70, 100, 540), (lighter(cloth, 0.04), darker(cloth, 0.06)), count=1500)
        sheet.within(side, soft)
    sheet.shade(leg, 24, 0.3)
    sheet.shade(flipped(leg), 18, 0.28)
    _waistband(sheet, lighter(cloth, 0.08), 74, 98, 46)
    sheet.line([(0, 122), (0, 232)], darker(cloth, 0.4), 1.6)
    for x in (-1, 1):
        sheet.line(path(f"M{x * 70},130 C{x * 66},250 {x * 56},400 {x * 46},534"), lighter(cloth, 0.22), 1.4)
        rolled = path(f"M{x * 64},520 L{x * 26},524 L{x * 25},546 L{x * 66},542")
        sheet.fill(rolled, "#d8c8b8")
        fleece = sheet.copy_onto()
        wool(fleece, (-80, 515, 80, 550), ("#efe4d8", "#bda996"), count=260)
        sheet.within(rolled, fleece)


def hearth_lounge_pants(sheet: Sheet) -> None:
    cloth = "#8d8f92"
    leg = path("M0,84 L84,84 C104,150 112,220 108,290 C104,380 86,450 76,506 L34,508 C30,420 22,330 2,252")
    _legs(sheet, leg, cloth)
    for side in (leg, flipped(leg)):
        soft = sheet.copy_onto()
        wool(soft, (-130, 80, 130, 520), (lighter(cloth, 0.09), darker(cloth, 0.05)), count=1700)
        sheet.within(side, soft)
    sheet.shade(leg, 28, 0.26)
    sheet.shade(flipped(leg), 22, 0.22)
    _waistband(sheet, cloth, 86, 98, 40, is_ribbed=True)
    for x in (-1, 1):
        cuff = path(f"M{x * 77},502 L{x * 33},504 L{x * 36},540 L{x * 72},538")
        ribbed = sheet.copy_onto()
        ribbed.fill(cuff, darker(cloth, 0.1))
        ribs(ribbed, (-90, 495, 90, 545), darker(cloth, 0.3), 6, 1.6)
        sheet.within(cuff, ribbed)
        sheet.line([(x * 62, 122), (x * 102, 200)], darker(cloth, 0.3), 2.2)
    for points in ("M-7,116 C-12,150 -10,170 -18,196", "M7,116 C10,144 16,164 12,186"):
        sheet.line(path(points), "#e9e2d4", 4)
    sheet.line([(0, 126), (0, 252)], darker(cloth, 0.28), 1.8)


def _legs(sheet: Sheet, leg: Points, cloth: str) -> None:
    for side in (leg, flipped(leg)):
        sheet.drop_shadow(side)
    for side in (leg, flipped(leg)):
        sheet.fill(side, cloth)


def _waistband(sheet: Sheet, cloth: str, across: float, y: float, height: float, *, is_ribbed: bool = False) -> None:
    """A band with its opening showing at the top, `y` its middle."""
    top, low = y - height / 2, y + height / 2
    sheet.fill(oval(0, top, across - 1, 7), darker(cloth, 0.42))
    band = whole(
        f"M0,{top + 8} C{across * 0.6},{top + 8} {across * 0.9},{top + 3} {across},{top} L{across + 3},{low}"
        f" C{across * 0.8},{low + 6} {across * 0.4},{low + 8} 0,{low + 8}"
    )
    sheet.fill(band, darker(cloth, 0.07))
    if is_ribbed:
        ribbed = sheet.copy_onto()
        ribs(ribbed, (-across, top - 5, across, low + 10), darker(cloth, 0.24), 7, 1.6)
        sheet.within(band, ribbed)
    sheet.shade(band, 22, 0.2)
    sheet.line(
        path(f"M{-across - 3},{low} C{-across * 0.4},{low + 9} {across * 0.4},{low + 9} {across + 3},{low}"),
        darker(cloth, 0.34),
        1.6,
    )
