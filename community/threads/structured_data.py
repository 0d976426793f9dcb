"""What search engines read on any page (schema.org): how it stands in HTML, people, breadcrumbs."""

import json
from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.utils.safestring import SafeString, mark_safe

from community.members.models import Member
from community.products.models import Product

_ESCAPES = {ord(character): f"\\u{ord(character):04x}" for character in "<>&\u2028\u2029"}


def as_script(data: Iterable[dict[str, Any]]) -> SafeString:
    """JSON for inside <script type="application/ld+json">; nothing in it can end the element."""
    return mark_safe(json.dumps(list(data), ensure_ascii=False).translate(_ESCAPES))  # noqa: S308


def absolute(path: str) -> str:
    """The address at which the world finds `path`, whatever host this request came by."""
    return f"{settings.SITE_URL}{path}"


def picture_address(product: Product) -> str:
    """Empty without a picture. Pictures may be kept elsewhere, under a whole address."""
    url = product.image.url if product.image else ""
    return absolute(url) if url.startswith("/") else url


def person(member: Member) -> dict[str, Any]:
    """A deleted author stays a person, without a page."""
    data = {"@type": "Person", "name": member.name}
    return data if member.erased_at else data | {"url": absolute(member.get_absolute_url())}


def breadcrumbs(crumbs: Iterable[tuple[str, str]]) -> dict[str, Any]:
    """`crumbs` are (label, path), this page last."""
    items = [
        {"@type": "ListItem", "position": position, "name": label, "item": absolute(path)}
        for position, (label, path) in enumerate(crumbs, start=1)
    ]
    return {"@context": "https://schema.org", "@type": "BreadcrumbList", "itemListElement": items}
