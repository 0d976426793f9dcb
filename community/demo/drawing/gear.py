"""What one carries: rucksack, cover, torch, bottle, tent, socks, blanket."""

from math import cos, pi, sin

from community.demo.drawing.cloth import plaid, ribs, stitches, twill, wool
from community.demo.drawing.pen import Points, Sheet, box, darker, lighter, mixed, moved, oval, path, whole


def cairn_28_rucksack(sheet: Sheet) -> None:
    cloth, strap = "#3f6259", "#3a3a36"
    for side in (1, -1):
        sheet.line(path(f"M{side * 96},470 C{side * 170},450 {side * 176},400 {side * 120},396"), strap, 15)
    body = whole("M0,150 C60,150 92,158 104,176 C124,260 128,380 118,500 C104,524 60,530 0,530")
    sheet.drop_shadow(body)
    sheet.fill(body, cloth)
    woven = sheet.copy_onto()
    twill(woven, (-140, 140, 140, 540), mixed(cloth, "#fffaf0", 0.07), 5, 0.8)
    sheet.within(body, woven)
    sheet.shade(body, 38, 0.28)
    roll = path(
        "M-92,86 C-60,78 60,78 92,86 C104,96 104,110 92,120 C98,140 102,160 104,180 L-104,180 C-102,160 -98,140 -92,120"
        " C-104,110 -104,96 -92,86"
    )
    sheet.fill(roll, lighter(cloth, 0.07))
    sheet.shade(roll, 30, 0.24)
    for y in (98, 110, 122):
        sheet.line(path(f"M-96,{y} C-50,{y + 6} 50,{y + 6} 96,{y}"), darker(cloth, 0.26), 1.8)
    for x in (-1, 1):
        sheet.line([(x * 62, 84), (x * 66, 300)], strap, 8)
        sheet.fill(box(x * 64 - 12, 206, 24, 16, 4), "#c9b48a")
        pocket = path(f"M{x * 121},390 L{x * 84},402 L{x * 80},508 L{x * 116},496")
        sheet.fill(pocket, darker(cloth, 0.2))
        sheet.line([*pocket, pocket[0]], darker(cloth, 0.4), 1.6)
    sheet.line(path("M-62,84 C-40,64 40,64 62,84"), strap, 7)
    front = box(-64, 330, 128, 172, 16)
    sheet.fill(front, lighter(cloth, 0.05))
    sheet.line([*front, front[0]], darker(cloth, 0.34), 1.8)
    sheet.line([(-52, 356), (52, 356)], "#c47b42", 4)
    sheet.line([(52, 356), (62, 366)], "#c47b42", 4)
    sheet.line(path("M92,190 C108,260 114,320 112,384"), "#c47b42", 3.6)
    badge = box(-24, 270, 48, 30, 4)
    sheet.fill(badge, "#c9b48a")
    sheet.line(path("M-14,292 L-4,278 L2,286 L8,280 L16,292"), cloth, 2.4)


def rook_rain_cover(sheet: Sheet) -> None:
    cloth = "#b7572f"
    body = whole("M0,92 C70,90 112,120 126,180 C144,270 142,390 120,470 C104,520 60,534 0,534")
    sheet.drop_shadow(body)
    sheet.fill(body, cloth)
    for text in ("M0,96 C-8,220 -8,380 0,530", "M-66,112 C-92,220 -92,400 -60,516", "M66,112 C92,220 92,400 60,516"):
        sheet.line(path(text), darker(cloth, 0.16), 2)
    sheet.shade(body, 44, 0.28)
    sheet.fade(oval(-60, 220, 34, 110), "#ffe9d0", 0.24, within=body)
    hem = path(
        "M-120,470 C-104,520 -60,534 0,534 C60,534 104,520 120,470 C90,504 40,512 0,512 C-40,512 -90,504 -120,470"
    )
    sheet.fill(hem, darker(cloth, 0.24))
    for n in range(-8, 9):
        x = n * 13
        sheet.line([(x, 513 - abs(n) * 2.2), (x * 1.02, 531 - abs(n) * 3.4)], darker(cloth, 0.42), 1.6)
    sheet.line(path("M-112,300 C-50,318 50,318 118,300"), "#e6d9bd", 7)
    mark = path("M-22,232 C-8,206 18,206 34,220 L52,222 L36,232 C30,252 0,258 -14,246 L-34,252")
    sheet.fill(mark, darker(cloth, 0.5))
    sheet.dots([(24, 222)], "#e6d9bd", 2.4)
    for x, y in ((-84, 160), (-40, 140), (54, 150), (88, 210), (-96, 380), (-44, 420), (36, 400), (80, 430), (10, 350)):
        sheet.fill(oval(x, y, 3.6, 5), lighter(cloth, 0.55))
        sheet.dots([(x - 1, y - 2)], "#ffffff", 1)


def glow_worm_350_head_torch(sheet: Sheet) -> None:
    band, shell = "#54606b", "#2f3438"
    ring = path("M-190,300 C-190,170 190,170 190,300 C190,430 -190,430 -190,300")
    sheet.drop_shadow(path("M-190,330 C-190,440 190,440 190,330 C190,470 -190,470 -190,330"), 0, 16, 0.22)
    sheet.line([*ring, ring[0]], darker(band, 0.4), 44)
    sheet.line(path("M-190,300 C-190,430 190,430 190,300"), band, 46)
    for dy, colour in ((-12, "#c98a3c"), (12, "#c98a3c")):
        sheet.line(moved(path("M-192,300 C-190,432 190,432 192,300"), 0, dy), colour, 3)
    sheet.line(path("M-120,228 C-60,140 60,140 120,228"), band, 22)
    body = box(-86, 322, 172, 124, 30)
    sheet.drop_shadow(body)
    sheet.fill(body, shell)
    sheet.shade(body, 34, 0.4)
    for r, colour in ((46, "#171a1c"), (40, "#6f7d84"), (34, "#f4e3ae"), (22, "#fff6d8"), (10, "#ffffff")):
        sheet.fill(oval(-24, 384, r, r), colour)
    for n in range(10):
        angle = n * pi / 5
        ends = [(-24 + cos(angle) * a, 384 + sin(angle) * a) for a in (34, 40)]
        sheet.line(ends, "#b9c3c7", 2)
    sheet.fill(oval(50, 366, 13, 13), "#7e2d26")
    sheet.dots([(47, 363)], "#e08a7c", 4)
    sheet.fill(box(36, 396, 32, 26, 6), "#c98a3c")
    sheet.fill(box(-40, 312, 80, 16, 6), "#3c4347")


def beck_750_insulated_bottle(sheet: Sheet) -> None:
    cloth, steel = "#4b6f86", "#b9bcb8"
    body = whole("M0,176 C34,176 50,186 62,214 C76,244 78,262 78,300 L78,500 C78,524 68,532 50,534 L0,534")
    sheet.drop_shadow(body, 12, 10)
    sheet.fill(body, cloth)
    sheet.shade(body, 44, 0.32)
    sheet.fade(oval(-48, 360, 9, 130), "#f4f7f5", 0.5, within=body)
    sheet.fill(whole("M0,158 L38,158 L40,182 C30,184 16,184 0,184"), steel)
    lid = box(-50, 84, 100, 76, 12)
    sheet.fill(lid, "#3c3a36")
    sheet.shade(lid, 26, 0.4)
    for x in range(-40, 41, 10):
        sheet.line([(x, 98), (x, 150)], "#55524c", 2.4)
    loop = path("M-30,86 C-34,44 34,44 30,86")
    sheet.line(loop, "#3c3a36", 12)
    sheet.line(loop, "#57544d", 5)
    sheet.fill(whole("M0,512 L78,506 C78,526 68,532 50,534 L0,536"), darker(cloth, 0.34))
    hills = path("M-52,400 C-40,376 -28,356 -16,344 C-4,356 4,372 10,380 C18,368 26,360 32,356 C42,370 50,386 56,400")
    sheet.line(hills, "#e9e2d0", 3)
    sheet.line(path("M-44,416 C-20,410 20,422 48,414"), "#e9e2d0", 2.4)
    sheet.line(path("M-30,428 C-12,424 14,432 34,427"), "#e9e2d0", 2)


def ridgeback_2_tent(sheet: Sheet) -> None:
    cloth, floor = "#a97f3a", "#514a3d"
    grass = path("M-400,470 C-240,448 -80,462 0,456 C120,448 260,462 400,446 L400,600 L-400,600")
    sheet.fill(grass, "#8d9468")
    sheet.fill(path("M-400,520 C-200,500 120,526 400,500 L400,600 L-400,600"), "#7d855a")
    outline = path("M-270,478 C-180,380 -80,240 -10,176 C90,216 210,330 288,470 L-270,478")
    sheet.drop_shadow(outline, 8, 16, 0.3)
    side = path("M-10,176 C90,216 210,330 288,470 L60,478")
    front = path("M-270,478 C-180,380 -80,240 -10,176 C20,270 46,380 60,478")
    sheet.fill(side, darker(cloth, 0.2))
    sheet.fill(front, cloth)
    sheet.shade(side, 40, 0.24)
    door = path("M-150,476 C-108,400 -52,290 -14,226 C4,300 18,390 22,477")
    sheet.fill(door, "#3f382c")
    flap = path("M-14,226 C-40,300 -92,400 -150,476 L-176,477 C-112,390 -56,290 -14,226")
    sheet.fill(flap, lighter(cloth, 0.2))
    inner = path("M-92,476 C-64,420 -36,350 -18,300 C-8,360 0,420 2,476")
    sheet.fill(inner, "#efe2c4")
    sheet.line([(-46, 476), (-19, 310)], "#c9b68c", 2)
    for text in (
        "M-10,176 C20,270 46,380 60,478",
        "M-10,176 C-80,240 -180,380 -270,478",
        "M-10,176 C90,216 210,330 288,470",
    ):
        sheet.line(path(text), darker(cloth, 0.38), 3)
    sheet.line(path("M118,264 C136,330 150,404 156,474"), darker(cloth, 0.34), 2)
    vent = path("M58,226 L92,250 L76,266 L48,242")
    sheet.fill(vent, floor)
    for a, b in (((-10, 176), (-330, 500)), ((210, 360), (356, 496))):
        sheet.line([a, b], "#e9dfc8", 1.6)
    for x, y in ((-330, 500), (356, 496), (-270, 480), (60, 480), (286, 472)):
        sheet.line([(x - 3, y + 10), (x + 3, y - 6)], "#4a4237", 4)


def tarn_merino_socks(sheet: Sheet) -> None:
    cloth, trim = "#6f7a52", "#b0653c"
    for dx, dy, shade in ((64, -26, 0.14), (-46, 26, 0.0)):
        _sock(sheet, dx, dy, darker(cloth, shade), trim)


def _sock(sheet: Sheet, dx: float, dy: float, cloth: str, trim: str) -> None:
    def at(text: str) -> Points:
        return moved(path(text), dx, dy)

    body = at(
        "M-70,90 L34,90 C38,180 36,250 40,316 C70,350 120,378 146,412 C164,440 150,478 112,480"
        " C60,482 0,470 -40,436 C-76,404 -72,350 -66,300 C-64,230 -68,160 -70,90"
    )
    sheet.drop_shadow(body)
    knit = sheet.copy_onto()
    knit.fill(body, cloth)
    stitches(knit, (-130 + dx, 80 + dy, 180 + dx, 490 + dy), darker(cloth, 0.13), 7)
    sheet.within(body, knit)
    heel = at("M-66,310 C-30,322 -4,352 2,392 C-4,430 -22,446 -36,440 C-76,404 -74,350 -66,310")
    toe = at("M150,420 C118,410 96,436 98,480 C150,486 166,446 150,420")
    for patch in (heel, toe):
        ribbed = sheet.copy_onto()
        ribbed.fill(patch, trim)
        stitches(ribbed, (-130 + dx, 300 + dy, 180 + dx, 490 + dy), darker(trim, 0.16), 7)
        sheet.within(patch, ribbed)
    cuff = at("M-72,86 L36,86 L37,142 L-70,142")
    ribbed = sheet.copy_onto()
    ribbed.fill(cuff, darker(cloth, 0.08))
    ribs(ribbed, (-80 + dx, 80 + dy, 45 + dx, 150 + dy), darker(cloth, 0.28), 9, 2.4)
    sheet.within(cuff, ribbed)
    for y in (158, 168):
        sheet.line(at(f"M-69,{y} L37,{y}"), trim, 4)
    sheet.shade(body, 26, 0.26)


def bothy_camp_blanket(sheet: Sheet) -> None:
    cloth = "#8c5a3c"
    bands = ("#6d4630", "#4b3326", "#d8b27a")
    folds = [box(-170, 150 + 78 * n, 340, 96, 26) for n in range(4)]
    sheet.drop_shadow(box(-170, 150, 340, 330, 26))
    for n, fold in enumerate(folds[::-1]):
        woven = sheet.copy_onto()
        woven.fill(fold, cloth)
        plaid(woven, (-240 + 17 * n, 90 + 9 * n, 190, 490), bands)
        wool(woven, (-180, 140, 180, 490), (lighter(cloth, 0.1), darker(cloth, 0.1)), count=500)
        sheet.within(fold, woven)
        sheet.shade(fold, 30, 0.28)
    for n in range(1, 4):
        y = 150 + 78 * n
        sheet.line(path(f"M-168,{y + 10} C-80,{y + 16} 80,{y + 16} 168,{y + 10}"), "#2e1e14", 3)
    for n in range(30):
        x = -158 + n * 10.9
        sheet.line(
            path(f"M{x},478 C{x - 2},488 {x + 3},494 {x + (n % 3 - 1) * 3},506"), mixed(cloth, "#d8b27a", 0.4), 2.6
        )
    strap = path("M60,140 L96,140 L100,490 L64,490")
    sheet.fill(strap, "#5b3a22")
    sheet.shade(strap, 10, 0.3)
    buckle = box(54, 300, 52, 40, 6)
    sheet.line([*buckle, buckle[0]], "#d9c08a", 5)
    sheet.line([(80, 304), (80, 336)], "#d9c08a", 4)
