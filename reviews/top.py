"""The most helpful favourable review beside the most helpful critical one. Never one of them alone."""

from typing import Any, NamedTuple

from django.db.models import OuterRef, QuerySet, Subquery

from community.products.models import Product
from community.threads.models import Post
from reviews.listing import HELPFUL_FIRST, openings_of
from reviews.permissions import Acts
from reviews.reading import Shown, with_card_data

ENOUGH = 10
"""Counted reviews that a product has before two of them are set apart."""
FAVOURABLE, CRITICAL = (4, 5), (1, 2, 3)


class Pair(NamedTuple):
    favourable: Shown
    critical: Shown


def with_top(products: QuerySet[Product]) -> QuerySet[Product]:
    """Products with the pk of either, read off an index."""
    return products.annotate(top_favourable=_top(FAVOURABLE), top_critical=_top(CRITICAL))


def top_pair(product: Product, reader: Any) -> Pair | None:
    """None with fewer than 10 counted reviews, or with nothing to set beside the other. `product` is from with_top.

    One query; none where there is no pair.
    """
    rating = getattr(product, "rating", None)
    pks = [product.top_favourable, product.top_critical]  # type: ignore[attr-defined]
    if rating is None or rating.count < ENOUGH or None in pks:
        return None
    found = {post.pk: Shown(post, Acts()) for post in with_card_data(Post.objects.filter(pk__in=pks), reader)}
    return Pair(*(found[pk] for pk in pks)) if len(found) == len(pks) else None


def _top(stars: tuple[int, ...]) -> Subquery:
    """By helpful votes (Wilson), of equals the newest, on both sides alike; the company's own people left out."""
    side = openings_of(OuterRef("pk")).filter(thread__review__is_insider=False, thread__review__stars__in=stars)
    return Subquery(side.order_by(*HELPFUL_FIRST).values("pk")[:1])
