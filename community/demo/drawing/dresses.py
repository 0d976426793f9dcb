"""The three dresses."""

from community.demo.drawing.cloth import buttons, flowers, ribs, twill
from community.demo.drawing.pen import Sheet, box, darker, flipped, lighter, mixed, oval, path, whole


def tarnside_knit_dress(sheet: Sheet) -> None:
    cloth = "#2f6670"
    sleeve = path("M70,84 C92,92 106,112 116,146 C132,204 148,268 160,330 L130,340 C112,292 92,236 78,190")
    body = whole(
        "M0,70 C14,70 24,68 32,64 C44,76 62,82 82,90 C92,120 88,160 82,196 C78,226 74,250 76,280"
        " C82,350 104,450 116,536 C80,548 40,551 0,551"
    )
    for side in (sleeve, flipped(sleeve)):
        sheet.drop_shadow(side)
    sheet.drop_shadow(body)
    for side in (sleeve, flipped(sleeve)):
        sheet.fill(side, mixed(cloth, "#1c2a2c", 0.12))
        sheet.shade(side, 12, 0.3)
    sheet.fill(body, cloth)
    knit = sheet.copy_onto()
    ribs(knit, (-130, 60, 130, 560), darker(cloth, 0.09), 6, 1.2)
    sheet.within(body, knit)
    sheet.shade(body, 34, 0.26)
    collar = whole("M0,70 C14,70 26,68 33,62 L31,44 C20,50 10,51 0,51")
    sheet.fill(collar, darker(cloth, 0.14))
    _cuffs(sheet, path("M161,334 L130,344 L124,320 L155,309"), cloth)
    for x in (-1, 1):
        sheet.line([(x * 82, 300), (x * 66, 356)], darker(cloth, 0.3), 2.2)
    sheet.line(path("M-76,280 C-40,288 40,288 76,280"), darker(cloth, 0.22), 1.6)
    for x, top in ((-34, 330), (10, 350), (52, 340)):
        fold = path(f"M{x},{top} C{x - 4},{top + 60} {x - 8},{top + 110} {x - 10},{top + 190}")
        sheet.line(fold, darker(cloth, 0.12), 2.4)
    sheet.dashes(path("M-113,526 C-70,537 70,537 113,526"), lighter(cloth, 0.18), 1.2)


def _cuffs(sheet: Sheet, cuff: list[tuple[float, float]], cloth: str) -> None:
    for side in (cuff, flipped(cuff)):
        sheet.fill(side, darker(cloth, 0.16))


def harebell_summer_dress(sheet: Sheet) -> None:
    cloth = "#f3ead6"
    body = whole(
        "M0,116 C22,114 38,100 46,62 L80,58 C80,96 88,122 102,146 C96,180 92,200 90,226"
        " C112,320 148,440 168,528 C110,550 50,554 0,554"
    )
    sheet.drop_shadow(body)
    back = whole("M0,84 C20,82 34,74 46,62 L46,70 C40,104 20,116 0,118")
    sheet.fill(back, "#d9c9a6")
    sheet.fill(body, cloth)
    printed = sheet.copy_onto()
    flowers(printed, (-180, 50, 180, 560), ("#5b7fa6", "#7d9cc0", "#c9705a"), "#7c8f63", 7)
    sheet.within(body, printed)
    sheet.shade(body, 36, 0.2)
    waist = path("M-90,228 C-40,238 40,238 90,228")
    sheet.line(waist, darker(cloth, 0.3), 2)
    for x in (-54, -28, 0, 28, 54):
        sheet.line(path(f"M{x},236 C{x * 1.15},280 {x * 1.3},330 {x * 1.42},380"), darker(cloth, 0.17), 2)
    for x in (-1, 1):
        sheet.line([(x * 104, 288), (x * 92, 336)], darker(cloth, 0.34), 2)
    hem = path("M-165,516 C-108,538 108,538 165,516")
    sheet.dashes(hem, darker(cloth, 0.25), 1.2)
    neck = path("M-46,64 C-38,100 -22,114 0,116 C22,114 38,100 46,64")
    sheet.line(neck, "#5b7fa6", 4)


def fellside_shirt_dress(sheet: Sheet) -> None:
    cloth = "#8aa5ba"
    stitch = lighter(cloth, 0.5)
    sleeve = path("M74,92 C104,98 122,116 136,150 C148,182 156,206 162,232 L112,250 C106,226 98,204 86,186")
    body = whole(
        "M0,86 L40,80 C56,84 70,88 84,94 C92,130 88,170 84,200 C82,232 80,250 82,270 "
        "C94,350 116,440 128,508 C134,520 134,526 124,534 C84,546 44,540 0,538"
    )
    for side in (sleeve, flipped(sleeve)):
        sheet.drop_shadow(side)
    sheet.drop_shadow(body)
    for side in (sleeve, flipped(sleeve)):
        sheet.fill(side, darker(cloth, 0.08))
        sheet.shade(side, 12, 0.25)
    cuff = path("M164,240 L112,258 L106,230 L158,213")
    for side in (cuff, flipped(cuff)):
        sheet.fill(side, lighter(cloth, 0.22))
        sheet.line([*side, side[0]], darker(cloth, 0.2), 1.4)
    sheet.fill(body, cloth)
    weave = sheet.copy_onto()
    twill(weave, (-150, 70, 150, 550), mixed(cloth, "#ffffff", 0.12), 6, 0.9)
    sheet.within(body, weave)
    sheet.shade(body, 32, 0.22)
    sheet.fill(box(-10, 96, 20, 441), lighter(cloth, 0.1))
    sheet.line([(-10, 96), (-10, 536)], darker(cloth, 0.2), 1.3)
    sheet.line([(10, 96), (10, 537)], darker(cloth, 0.2), 1.3)
    _shirt_collar(sheet, cloth)
    buttons(sheet, [(0, y) for y in range(134, 520, 48)], "#efe3cb", 5)
    sheet.line(path("M-82,268 C-40,276 40,276 82,268"), darker(cloth, 0.28), 2)
    for x in (-1, 1):
        pocket = box(min(x * 30, x * 66), 150, 36, 44, 5)
        sheet.line([*pocket, pocket[0]], darker(cloth, 0.22), 1.6)
        sheet.dashes([(x * 84, 300), (x * 70, 352)], stitch, 1.6)
        tie = path("M0,0 C14,10 16,30 10,52") if x == 1 else path("M0,0 C-4,16 2,34 -6,60")
        sheet.line([(px + 84, py + 268) for px, py in tie], darker(cloth, 0.1), 6)
    sheet.dashes(path("M-122,524 C-80,534 80,534 122,524"), stitch, 1.3)


def _shirt_collar(sheet: Sheet, cloth: str) -> None:
    sheet.fill(oval(0, 82, 38, 12), darker(cloth, 0.34))
    flap = path("M0,96 L38,78 L44,92 L30,124 L2,100")
    for side in (flap, flipped(flap)):
        sheet.fill(side, lighter(cloth, 0.18))
        sheet.line([*side, side[0]], darker(cloth, 0.22), 1.4)
