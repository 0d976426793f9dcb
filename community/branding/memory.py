"""Keeps the brand at hand, so that no page asks the database for it.

Two layers: this process remembers it for 2 seconds; behind that the shared cache has it for every process. A change
writes the shared cache after commit, so the other processes follow within those 2 seconds. Readers only ever `add`
to the shared cache: one that read the row just before a change can't put the old brand over the new.
"""

import time
from collections.abc import Callable
from dataclasses import astuple, dataclass, fields
from functools import cached_property
from hashlib import blake2s

from django.conf import settings
from django.core.cache import cache
from django.db import transaction
from django.urls import reverse

OWN_SECONDS = 2.0
SHARED_SECONDS = 60 * 60
STYLE_VERSION = b"1"  # raise it when brand.css changes its shape


@dataclass(frozen=True)
class Brand:
    """The brand as pages use it."""

    name: str
    tagline: str
    accent: str
    support_url: str
    logo_url: str
    logo_width: int
    logo_height: int

    @cached_property
    def version(self) -> str:
        """Changes with anything of the brand; browsers keep /brand.css under it, and the site its kept pages."""
        return blake2s(STYLE_VERSION + repr(astuple(self)).encode(), digest_size=5).hexdigest()

    @cached_property
    def card_url(self) -> str:
        """The whole address of the picture that stands for the site where a link to it is shown."""
        return f"{settings.SITE_URL}{reverse('brand_card')}?v={self.version}"

    @property
    def logo_shown_width(self) -> int:
        """Width in pixels at the header's 32 pixels of height."""
        return round(32 * self.logo_width / self.logo_height) if self.logo_height else 0


# A release that changes Brand reads under another key, never an object of the old shape.
KEY = "brand." + ".".join(field.name for field in fields(Brand))

_own: dict[str, tuple[float, Brand]] = {}


def remembered(read: Callable[[], Brand]) -> Brand:
    """The brand from memory, from the shared cache, or else from `read`."""
    until, brand = _own.get(KEY, (0.0, None))
    if brand is not None and time.monotonic() < until:
        return brand
    brand = cache.get(KEY)
    if not isinstance(brand, Brand):
        brand = read()
        cache.add(KEY, brand, SHARED_SECONDS)
    _own[KEY] = (time.monotonic() + OWN_SECONDS, brand)
    return brand


def publish(brand: Brand) -> None:
    """Let every process see a changed brand, once the change is committed."""
    transaction.on_commit(lambda: _publish_now(brand))


def forget() -> None:
    """Drop what this process and the shared cache remember; the next page reads the row."""
    _own.clear()
    cache.delete(KEY)


def _publish_now(brand: Brand) -> None:
    cache.set(KEY, brand, SHARED_SECONDS)
    _own.clear()
