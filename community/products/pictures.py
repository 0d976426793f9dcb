"""Pictures from strangers: judged by their header, decoded with bounded memory, re-encoded, everything else dropped."""

import struct
from io import BytesIO
from math import ceil
from threading import Lock
from typing import IO

from django.core.exceptions import ValidationError
from PIL import ExifTags, Image, ImageCms

FORMATS = ("JPEG", "PNG", "WEBP", "GIF")
LARGEST_FILE = 10 * 1024 * 1024
MOST_PIXELS = 40_000_000
WIDTHS = (1280, 640, 160)
TALLEST = 2  # times the width: a strip of 100 × 40,000 would be too tall for WebP
BAND = 64  # rows of the reduced picture made at a time
_QUALITY = 82
_BROKEN = (
    OSError, SyntaxError, ValueError, EOFError, IndexError, KeyError, TypeError, OverflowError, ZeroDivisionError,
    AttributeError, RuntimeError, MemoryError, Warning, struct.error,
)  # fmt: skip
_TURNS = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}
_SIDEWAYS = {_TURNS[orientation] for orientation in (5, 6, 7, 8)}
_SRGB = ImageCms.createProfile("sRGB")
_one_at_a_time = Lock()  # 40 megapixels take 200 MB while they are decoded, 450 as progressive CMYK, 610 as WebP
Image.MAX_IMAGE_PIXELS = MOST_PIXELS

NOT_A_PICTURE = "This file is not a picture that we can read. Please send a JPEG, PNG, WebP or GIF."
TOO_MANY_PIXELS = "This picture has too many pixels. It can have at most 40 megapixels: please send a smaller one."


def sizes_of(file: IO[bytes], size: int) -> list[Image.Image]:
    """The picture at most 1280, 640 and 160 pixels wide: upright, sRGB, no metadata, the first frame if it moves.

    Raises ValidationError with a sentence for whoever sent it.
    """
    _refuse_large_file(size)
    with _one_at_a_time:
        try:
            return _scaled(_opened(file))
        except ValidationError:
            raise
        except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
            raise ValidationError(TOO_MANY_PIXELS) from error
        except _BROKEN as error:
            raise ValidationError(NOT_A_PICTURE) from error


def encoded(picture: Image.Image) -> bytes:
    """`picture` as WebP."""
    target = BytesIO()
    picture.save(target, "WEBP", quality=_QUALITY, method=4, icc_profile=b"", exif=b"", xmp=b"")
    return target.getvalue()


def _refuse_large_file(size: int) -> None:
    if size == 0:
        raise ValidationError("This file is empty.")
    if size > LARGEST_FILE:
        raise ValidationError("This picture is too large. It can have at most 10 MB: please send a smaller one.")


def _opened(file: IO[bytes]) -> Image.Image:
    """Reads the header alone; what the file is called does not matter."""
    file.seek(0)
    picture = Image.open(file, formats=FORMATS)
    if picture.width * picture.height > MOST_PIXELS:
        raise ValidationError(TOO_MANY_PIXELS)
    return picture


def _scaled(picture: Image.Image) -> list[Image.Image]:
    picture.draft("RGB", (2 * WIDTHS[0], 2 * WIDTHS[0]))  # a JPEG is decoded at the smallest scale that is large enough
    profile, turn = picture.info.get("icc_profile"), _TURNS.get(_orientation(picture))
    large = _fitted(_reduced(picture, turn in _SIDEWAYS), WIDTHS[0], is_on_its_side=turn in _SIDEWAYS)
    large = _in_srgb(large.transpose(turn) if turn is not None else large, profile)
    return [large, *(_fitted(large, width) for width in WIDTHS[1:])]


def _reduced(picture: Image.Image, is_on_its_side: bool) -> Image.Image:
    """About twice as large as it will be, in a plain mode; band by band, so that no second full copy is made."""
    factor = max(1, int(0.5 / _scale(picture, WIDTHS[0], is_on_its_side)))
    if factor == 1:
        return _plain_mode(picture)
    size = ceil(picture.width / factor), ceil(picture.height / factor)
    reduced: Image.Image | None = None
    for top in range(0, picture.height, factor * BAND):
        bottom = min(picture.height, top + factor * BAND)
        band = _plain_mode(picture.crop((0, top, picture.width, bottom))).reduce(factor)
        reduced = reduced or Image.new(band.mode, size)
        reduced.paste(band, (0, top // factor))
    return reduced or picture


def _plain_mode(picture: Image.Image) -> Image.Image:
    """In a mode that can be scaled well."""
    if picture.mode.startswith("I") or picture.mode == "F":
        return picture.convert("I").point(lambda value: value * (1 / 256)).convert("L")  # 16 bits to 8
    if picture.has_transparency_data:
        return picture.convert("RGBA")
    return picture if picture.mode in ("RGB", "L", "CMYK") else picture.convert("RGB")


def _fitted(picture: Image.Image, width: int, *, is_on_its_side: bool = False) -> Image.Image:
    """A copy without metadata, at most `width` wide once it stands upright; never larger than it was."""
    scale = _scale(picture, width, is_on_its_side)
    size = max(1, round(picture.width * scale)), max(1, round(picture.height * scale))
    fitted = picture.resize(size, Image.Resampling.LANCZOS, reducing_gap=2.0)
    fitted.info = {}
    return fitted


def _scale(picture: Image.Image, width: int, is_on_its_side: bool) -> float:
    box = (width * TALLEST, width) if is_on_its_side else (width, width * TALLEST)
    return min(1.0, box[0] / picture.width, box[1] / picture.height)


def _in_srgb(picture: Image.Image, profile: bytes | None) -> Image.Image:
    """Colours as every browser shows them. A profile that can't be read is passed over."""
    mode = "RGBA" if picture.mode == "RGBA" else "RGB"
    if profile and picture.mode != "L":
        try:
            source = ImageCms.ImageCmsProfile(BytesIO(profile))
            changed = ImageCms.profileToProfile(picture, source, _SRGB, outputMode=mode)
            return changed or picture.convert(mode)
        except (ImageCms.PyCMSError, *_BROKEN):
            pass
    return picture.convert(mode)


def _orientation(picture: Image.Image) -> int:
    """EXIF's 1-8; 1 where it says nothing sensible."""
    try:
        return int(picture.getexif().get(ExifTags.Base.Orientation, 1))
    except _BROKEN:
        return 1
