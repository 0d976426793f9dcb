"""ShopOrigin: a shop whose pages may show reviews from here."""

import re
from ipaddress import ip_address
from urllib.parse import urlsplit

from django.core.exceptions import ValidationError
from django.db import models

LONGEST = 255
_PORTS = {"http": 80, "https": 443}
_LABEL = re.compile(r"(?!-)[a-z0-9-]{1,63}(?<!-)")
WRITE_LIKE = "Write it like https://shop.example.com: https, the host and nothing behind it."


def as_origin(text: str) -> str:
    """`text` as browsers write the origin of a page (RFC 6454): small letters, no usual port, no slash at the end.

    Raises ValidationError for what is no origin: a path, a name with a star, “null”, a password. Plain http is taken
    for this very machine alone, where a shop is being built.
    """
    try:
        parts = urlsplit(text.strip())
        host, port = (parts.hostname or "").encode("idna").decode(), parts.port
    except (ValueError, UnicodeError) as error:
        raise ValidationError(f"“{text}” is no address of a shop. {WRITE_LIKE}", code="no_origin") from error
    is_bare = parts.path in ("", "/") and not (parts.query or parts.fragment or "@" in parts.netloc)
    if parts.scheme not in _PORTS or not is_bare or not _is_host(host):
        raise ValidationError(f"“{text}” is no address of a shop. {WRITE_LIKE}", code="no_origin")
    if parts.scheme == "http" and not _is_this_machine(host):
        raise ValidationError("A shop's pages are asked for by https. http is for this machine alone.", code="http")
    shown = f"[{host}]" if ":" in host else host
    return f"{parts.scheme}://{shown}" + (f":{port}" if port and port != _PORTS[parts.scheme] else "")


class ShopOrigin(models.Model):
    """Its pages may read the reviews by script, and show them in a frame. Everybody can read them here anyway."""

    origin = models.CharField(
        max_length=LONGEST, unique=True, help_text="Like https://shop.example.com, without anything behind it."
    )
    note = models.CharField(max_length=100, blank=True, help_text="For your own lists, for example “Shop in France”.")
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["origin"]

    def __str__(self) -> str:
        return self.origin

    def clean(self) -> None:
        try:
            self.origin = as_origin(self.origin)
        except ValidationError as error:
            raise ValidationError({"origin": error}) from error


def _is_host(host: str) -> bool:
    try:
        return bool(ip_address(host)) and "%" not in host  # behind a “%” anything may stand, and we send it in headers
    except ValueError:
        return len(host) <= 253 and all(_LABEL.fullmatch(label) for label in host.split("."))


def _is_this_machine(host: str) -> bool:
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost" or host.endswith(".localhost")
