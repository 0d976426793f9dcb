"""Pictures made for the tests, good and hostile."""

import struct
import zlib
from io import BytesIO
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image, ImageCms


def picture(
    size: tuple[int, int] = (60, 40), kind: str = "JPEG", mode: str = "RGB", colour: Any = None, **options: Any
) -> bytes:
    target = BytesIO()
    Image.new(mode, size, colour or 0).save(target, kind, **options)
    return target.getvalue()


def upload(content: bytes | None = None, name: str = "photo.jpg") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, picture() if content is None else content, "image/jpeg")


def chunk(kind: bytes, data: bytes) -> bytes:
    """One part of a PNG."""
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def png_of(*more: bytes, size: tuple[int, int] = (16, 16), pixels: bytes = bytes(16 * 49)) -> bytes:
    """A PNG with these parts, and with these pixels, whatever its header says."""
    header = chunk(b"IHDR", struct.pack(">IIBBBBB", *size, 8, 2, 0, 0, 0))
    parts = [header, *more, chunk(b"IDAT", zlib.compress(pixels)), chunk(b"IEND", b"")]
    return b"\x89PNG\r\n\x1a\n" + b"".join(parts)


def png_that_claims(width: int, height: int) -> bytes:
    """A PNG of a few bytes whose header promises much more."""
    return png_of(size=(width, height), pixels=bytes(100))


def with_secrets(orientation: int = 1) -> bytes:
    """A photo that says where it was taken, with what, and a colour profile."""
    exif = Image.Exif()
    exif[0x0112] = orientation
    exif[0x010F] = "SecretCameraMaker"
    exif.get_ifd(0x8825).update({1: "N", 2: (52.0, 31.0, 12.0)})
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    target = BytesIO()
    photo = Image.new("RGB", (60, 40), "blue")
    photo.paste("red", (0, 0, 30, 20))
    photo.save(target, "JPEG", exif=exif, icc_profile=profile, comment=b"SecretComment", quality=95)
    return target.getvalue()
