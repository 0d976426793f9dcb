"""What search engines read on product and review pages (facts: search engines): only what the page itself shows."""

import json
from collections.abc import Callable, Iterable
from typing import Any

from django.utils.safestring import SafeString, mark_safe

from community.products.models import Product
from community.threads.rendering import plain_text
from reviews.models import RatingSummary
from reviews.reading import Shown

Address = Callable[[str], str]
BEST, WORST = 5, 1
TEXT_LIMIT = 5000
_ESCAPES = {ord(character): f"\\u{ord(character):04x}" for character in "<>&\u2028\u2029"}


def as_script(*data: dict[str, Any] | None) -> SafeString:
    """JSON for inside <script type="application/ld+json">; nothing in it can end the element."""
    return mark_safe(json.dumps([part for part in data if part], ensure_ascii=False).translate(_ESCAPES))  # noqa: S308


def product_data(
    product: Product, rating: RatingSummary | None, shown: Iterable[Shown], absolute: Address
) -> dict[str, Any] | None:
    """Product with its rating and the reviews of this page; None while nobody has reviewed it.

    Reviews by the company's own people are left out, as they are of the average.
    """
    reviews = [_review(one, absolute) for one in shown if not one.review.is_insider]
    is_rated = rating is not None and rating.count > 0
    if not reviews and not is_rated:
        return None
    data: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": "Product",
        "name": product.name,
        "url": absolute(product.get_absolute_url()),
        "sku": product.sku,
    }
    if product.gtin:
        data["gtin"] = product.gtin
    if product.description:
        data["description"] = product.description
    if product.image:
        data["image"] = absolute(product.image.url)
    if rating is not None and is_rated:
        data["aggregateRating"] = _aggregate(rating)
    if reviews:
        data["review"] = reviews
    return data


def breadcrumb_data(crumbs: list[tuple[str, str]], address: str, absolute: Address) -> dict[str, Any]:
    """`crumbs` as the component takes them; `address` is this page's, for the last."""
    items = [
        {"@type": "ListItem", "position": position, "name": label, "item": absolute(url or address)}
        for position, (label, url) in enumerate(crumbs, start=1)
    ]
    return {"@context": "https://schema.org", "@type": "BreadcrumbList", "itemListElement": items}


def _aggregate(rating: RatingSummary) -> dict[str, Any]:
    return {
        "@type": "AggregateRating",
        "ratingValue": rating.mean,
        "reviewCount": rating.count,
        "bestRating": BEST,
        "worstRating": WORST,
    }


def _review(one: Shown, absolute: Address) -> dict[str, Any]:
    review, opening = one.review, one.opening
    author: dict[str, Any] = {"@type": "Person", "name": review.shown_name}
    if review.is_named and not opening.author.erased_at:
        author["url"] = absolute(opening.author.get_absolute_url())
    data = {
        "@type": "Review",
        "name": opening.thread.title,
        "reviewBody": plain_text(opening.body_html, TEXT_LIMIT),
        "author": author,
        "datePublished": opening.created_at.isoformat(),
        "url": absolute(opening.thread.get_absolute_url()),
        "reviewRating": {
            "@type": "Rating",
            "ratingValue": review.stars,
            "bestRating": BEST,
            "worstRating": WORST,
        },
    }
    if opening.edited_at:
        data["dateModified"] = opening.edited_at.isoformat()
    return data
