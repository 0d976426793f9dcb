"""Turns an uploaded logo into a clean PNG of modest size, or says what is wrong with it."""

from io import BytesIO

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import UploadedFile
from PIL import Image, UnidentifiedImageError

MAX_BYTES = 2 * 1024 * 1024
MAX_SIDE = 4000
KEPT_SIZE = (800, 96)  # three times the height that is shown
FORMATS = ("PNG", "JPEG", "WEBP")


def clean_logo(upload: UploadedFile) -> ContentFile:
    """Re-encode a logo, which drops its metadata. Raises ValidationError with a sentence for the admin."""
    if (upload.size or 0) > MAX_BYTES:
        raise ValidationError("This file is larger than 2 MB. Choose a smaller one.")
    try:
        with Image.open(upload, formats=FORMATS) as image:
            if max(image.size) > MAX_SIDE:
                raise ValidationError(f"This picture is larger than {MAX_SIDE} pixels on a side. Choose a smaller one.")
            clean = image.convert("RGBA")
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError) as broken:
        raise ValidationError("This is not a PNG, JPEG or WebP picture that can be read.") from broken
    clean.thumbnail(KEPT_SIZE)
    out = BytesIO()
    clean.save(out, "PNG", optimize=True)
    return ContentFile(out.getvalue(), name="logo.png")
