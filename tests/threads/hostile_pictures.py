"""Pictures that mean harm or come from odd places, each with what is said of it; "" where it is kept, made harmless."""

import struct
import zipfile
import zlib
from io import BytesIO

from PIL import Image

from tests.threads.pictures_to_send import chunk, picture, png_of, png_that_claims, with_secrets

NONE, MANY = "not a picture that we can read", "at most 40 megapixels"
SCRIPT = b"<script>alert('Secret')</script>"


def gif_that_claims(width: int, height: int, at: int) -> bytes:
    """A GIF of a few bytes whose screen (at 6) or first frame claims more."""
    made = bytearray(picture((10, 10), "GIF", "P"))
    place = at or made.index(b",") + 5
    made[place : place + 4] = struct.pack("<HH", width, height)
    return bytes(made)


def jpeg_that_claims(width: int, height: int) -> bytes:
    made = bytearray(picture((16, 16)))
    place = made.index(b"\xff\xc0") + 5
    made[place : place + 4] = struct.pack(">HH", height, width)
    return bytes(made)


def webp_that_claims(width: int, height: int) -> bytes:
    claim = b"VP8X" + struct.pack("<II", 10, 0) + (width - 1).to_bytes(3, "little") + (height - 1).to_bytes(3, "little")
    made = b"WEBP" + claim + picture((16, 16), "WEBP", lossless=True)[12:]
    return b"RIFF" + struct.pack("<I", len(made)) + made


def moving(kind: str) -> bytes:
    frames = [Image.new("RGB", (40, 30), (shade, 0, 0)) for shade in range(0, 250, 10)]
    target = BytesIO()
    frames[0].save(target, kind, save_all=True, append_images=frames[1:])
    return target.getvalue()


def zip_of_a_page() -> bytes:
    target = BytesIO()
    with zipfile.ZipFile(target, "w") as packed:
        packed.writestr("Secret.html", SCRIPT)
    return target.getvalue()


def _bomb() -> bytes:
    return b"name\0\0" + zlib.compress(bytes(20_000_000), 9)


REFUSED = {
    "a PNG that claims 200 megapixels": (png_that_claims(20_000, 10_000), MANY),
    "a JPEG that claims 4,290 megapixels": (jpeg_that_claims(65_500, 65_500), MANY),
    "a GIF that claims a screen of 4,295 megapixels": (gif_that_claims(65_535, 65_535, at=6), MANY),
    "a GIF that claims a frame of 4,295 megapixels": (gif_that_claims(65_535, 65_535, at=0), MANY),
    "a WebP that claims 268 megapixels": (webp_that_claims(16_384, 16_384), MANY),
    "a colour profile that unpacks to 20 MB": (png_of(chunk(b"iCCP", _bomb())), NONE),
    "a remark that unpacks to 20 MB": (png_of(chunk(b"zTXt", _bomb())), NONE),
    "half a JPEG": (picture((600, 600))[:900], NONE),
    "a drawing with a script": (b'<svg xmlns="http://www.w3.org/2000/svg">' + SCRIPT + b"</svg>", NONE),
    "a web page": (b"<!doctype html>" + SCRIPT, NONE),
    "a zip": (zip_of_a_page(), NONE),
    "a TIFF": (picture(kind="TIFF"), NONE),
    "a BMP": (picture(kind="BMP"), NONE),
}
KEPT = {
    "a photo that says where it was taken": with_secrets(6),
    "a CMYK photo": picture(mode="CMYK", colour=(10, 200, 30, 0)),
    "a picture of 16 bits": picture(kind="PNG", mode="I;16"),
    "a moving GIF": moving("GIF"),
    "a moving WebP": moving("WEBP"),
    "a moving PNG": moving("PNG"),
    "a colour profile of junk": picture(icc_profile=b"Secret" * 40),
    "a zip behind a PNG": picture(kind="PNG") + zip_of_a_page(),
    "a web page behind a GIF": picture(kind="GIF", mode="P") + SCRIPT,
    "a web page in a JPEG's remark": picture(comment=SCRIPT),
    "more pixels than the header says": png_of(pixels=bytes(1_000_000)),
}
