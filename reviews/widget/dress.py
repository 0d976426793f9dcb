"""The widget's script and colours, read once in each process."""

from functools import lru_cache
from hashlib import blake2s
from pathlib import Path

from django.conf import settings

from community.branding.models import Branding
from community.branding.style import brand_style

FOLDER = Path("static/widget")


@lru_cache(maxsize=2)
def file_text(name: str) -> str:
    return (settings.BASE_DIR / FOLDER / name).read_text()


@lru_cache(maxsize=1)
def script_version() -> str:
    """Changes with the script; a shop that writes it behind the address keeps that very script for a year."""
    return blake2s(file_text("v1.js").encode(), digest_size=5).hexdigest()


def style_text() -> str:
    """The whole style sheet for behind a shadow root, in the brand's colours."""
    return brand_style(Branding.current().accent).replace(":root", ":host") + file_text("widget.css")
