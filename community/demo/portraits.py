"""Pictures that three of the demo's members show of themselves: a fell at dusk, a ball of wool, a spool of thread."""

from collections.abc import Callable
from io import BytesIO

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image, ImageDraw

from community.members.models import Member
from community.people.describing import take_picture

SIZE = 640
Pen = ImageDraw.ImageDraw


def load_portraits() -> int:
    """Says how many were drawn now."""
    bare = Member.objects.filter(username__in=PORTRAITS, picture="")
    for member in bare:
        take_picture(by=member, upload=_drawn(PORTRAITS[member.username]))
    return len(bare)


def _fell(pen: Pen) -> None:
    pen.rectangle((0, 0, SIZE, SIZE), "#e9c9a0")
    pen.ellipse((390, 130, 510, 250), "#f6e6c8")
    pen.polygon([(0, 420), (170, 230), (290, 360), (430, 190), (640, 430), (640, 640), (0, 640)], "#6f7d78")
    pen.polygon([(0, 500), (220, 390), (420, 500), (640, 400), (640, 640), (0, 640)], "#3f5750")
    pen.polygon([(0, 590), (330, 500), (640, 580), (640, 640), (0, 640)], "#24403a")


def _wool(pen: Pen) -> None:
    pen.rectangle((0, 0, SIZE, SIZE), "#efe4d2")
    pen.ellipse((130, 130, 510, 510), "#9c4a3c")
    for inset in range(20, 180, 32):
        pen.arc((130 + inset, 100 - inset // 2, 560, 510 - inset), 95, 265, "#c97b66", 9)
        pen.arc((90, 130 + inset, 510 - inset, 560 + inset // 2), 270, 20, "#74342a", 9)
    pen.arc((250, 380, 720, 620), 80, 200, "#9c4a3c", 12)


def _spool(pen: Pen) -> None:
    pen.rectangle((0, 0, SIZE, SIZE), "#d8dfd6")
    pen.rounded_rectangle((190, 130, 450, 190), 20, "#b98b56")
    pen.rounded_rectangle((190, 450, 450, 510), 20, "#b98b56")
    pen.rectangle((230, 190, 410, 450), "#2f5d62")
    for y in range(205, 450, 22):
        pen.line((230, y + 8, 410, y - 8), "#4f868b", 5)
    pen.line((410, 300, 560, 560), "#2f5d62", 6)


PORTRAITS: dict[str, Callable[[Pen], None]] = {
    "fellwalker61": _fell,
    "mara.lindqvist": _wool,
    "oksana.p": _spool,
}


def _drawn(draw: Callable[[Pen], None]) -> SimpleUploadedFile:
    picture, file = Image.new("RGB", (SIZE, SIZE)), BytesIO()
    draw(ImageDraw.Draw(picture))
    picture.save(file, "PNG")
    return SimpleUploadedFile("portrait.png", file.getvalue())
