"""What search engines read on product and review pages (schema.org): only what the page itself shows."""

from collections.abc import Iterable
from typing import Any

from community.products.models import Product
from community.threads.rendering import plain_text
from community.threads.structured_data import absolute, person, picture_address
from reviews.models import RatingSummary, Review
from reviews.reading import Shown

BEST, WORST = 5, 1
TEXT_LIMIT = 5000


def product_data(product: Product, rating: RatingSummary | None, shown: Iterable[Shown]) -> dict[str, Any] | None:
    """Product with its rating and the reviews of this page; None while nobody has reviewed it.

    Reviews by the company's own people are left out, as they are of the average.
    """
    reviews = [_review(one) for one in shown if not one.review.is_insider]
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
    if product.mpn:
        data["mpn"] = product.mpn
    if product.description:
        data["description"] = product.description
    if product.image:
        data["image"] = picture_address(product)
    if rating is not None and is_rated:
        data["aggregateRating"] = _aggregate(rating)
    if reviews:
        data["review"] = reviews
    return data


def _aggregate(rating: RatingSummary) -> dict[str, Any]:
    return {
        "@type": "AggregateRating",
        "ratingValue": rating.mean,
        "reviewCount": rating.count,
        "bestRating": BEST,
        "worstRating": WORST,
    }


def _review(one: Shown) -> dict[str, Any]:
    review, opening = one.review, one.opening
    data = {
        "@type": "Review",
        "name": opening.thread.title,
        "reviewBody": plain_text(opening.body_html, TEXT_LIMIT),
        "author": _author(review),
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


def _author(review: Review) -> dict[str, Any]:
    return person(review.thread.author) if review.is_named else {"@type": "Person", "name": review.shown_name}
