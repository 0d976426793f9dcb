"""The widget's script and style, read once in each process.

The style stands in the frame's page itself: with a file of its own the page would once be drawn without it, and move.
"""

from base64 import b64encode
from functools import lru_cache
from hashlib import blake2s, sha256
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


def page_style() -> str:
    """The whole style sheet of the frame's page, in the brand's colours."""
    return brand_style(Branding.current().accent) + file_text("widget.css")


def shadow_style() -> str:
    """The same for behind a shadow root, where it is the box and not the window that is wide or narrow."""
    style = page_style().replace(":root {", ":host {", 1).replace("@media (min-width", "@container (min-width")
    return f"{style}:host {{ container-type: inline-size; }}\n"


def style_source(style: str) -> str:
    """How a Content-Security-Policy names exactly this <style>."""
    return f"'sha256-{b64encode(sha256(style.encode()).digest()).decode()}'"
