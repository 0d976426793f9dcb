"""What the interface says of a product's reviews, as JSON. docs/widget.md describes every name in it."""

import re
from typing import Any

from django.urls import reverse

from community.products.models import Product
from community.threads.models import Attachment, Post
from community.threads.rendering import plain_text
from community.threads.structured_data import absolute
from reviews.attribute_bars import summaries_of
from reviews.labels import labels_of
from reviews.listing import Choice
from reviews.models import AttributeSummary, RatingSummary
from reviews.models.attribute import HIGHEST, LOWEST
from reviews.reading import Shown

BEST = 5
HOW_CALCULATED = (
    "The plain mean of the stars of all published reviews, rounded to one decimal, without those by our own staff. "
    "Old or new, verified or not: each counts the same."
)
_END_OF_BLOCK = re.compile(r"</(?:p|li|h\d|pre|blockquote|tr)>")


def summary_of(product: Product) -> dict[str, Any]:
    """What all its reviews say together. One query. `product` has its rating loaded."""
    rating = getattr(product, "rating", None) or RatingSummary(product=product, count=0)
    reviews = absolute(reverse("api_reviews", args=[product.slug]))
    return {
        "product": about(product),
        "mean": rating.mean,
        "best": BEST,
        "count": rating.count,
        "listed": rating.listed_count,
        "histogram": {str(stars): count for stars, count in rating.histogram.items()},
        "recommend": {
            "share": rating.recommend_share,
            "yes": rating.recommend_count,
            "asked": rating.recommend_asked,
        },
        "attributes": [_attribute(one) for one in summaries_of(product.slug)],
        "how_calculated": HOW_CALCULATED,
        "urls": urls_of(product) | {"json": reviews},
    }


def page_of(product: Product, choice: Choice, page: Any) -> dict[str, Any]:
    """One page of its reviews. No query. `page` is one of reading.page_of_reviews, with all that can be added to it."""
    path = reverse("api_reviews", args=[product.slug])

    def address(number: int) -> str:
        return absolute(f"{path}?{choice.query()}page={number}")

    return {
        "product": about(product),
        "count": page.paginator.count,
        "page": page.number,
        "pages": page.paginator.num_pages,
        "per_page": page.paginator.per_page,
        "sort": choice.sort,
        "next": address(page.next_page_number()) if page.has_next() else None,
        "previous": address(page.previous_page_number()) if page.has_previous() else None,
        "reviews": [_review(shown) for shown in page.object_list],
        "urls": urls_of(product) | {"summary": absolute(reverse("api_summary", args=[product.slug]))},
    }


def about(product: Product) -> dict[str, Any]:
    return {"name": product.name, "slug": product.slug, "sku": product.sku, "gtin": product.gtin or None}


def urls_of(product: Product) -> dict[str, str]:
    return {
        "product": absolute(product.get_absolute_url()),
        "write": absolute(reverse("write_review", args=[product.slug])),
        "how_reviews_work": absolute(reverse("how_reviews_work")),
    }


def text_of(post: Post) -> str:
    """Its words without mark-up, a line between paragraphs."""
    blocks = (plain_text(block) for block in _END_OF_BLOCK.split(post.body_html))
    return "\n\n".join(block for block in blocks if block)


def _review(shown: Shown) -> dict[str, Any]:
    opening, review = shown.opening, shown.review
    return {
        "id": review.pk,
        "url": absolute(opening.thread.get_absolute_url()),
        "stars": review.stars,
        "is_counted": not review.is_insider,
        "title": opening.thread.title,
        "text": text_of(opening),
        "pros": review.pros,
        "cons": review.cons,
        "recommends": review.recommends,
        "author": review.shown_name,
        "posted": opening.created_at.isoformat(),
        "used": review.experience_date and review.experience_date.isoformat(),
        "edited": opening.edited_at and opening.edited_at.isoformat(),
        "labels": [label._asdict() for label in labels_of(review)],
        "helpful": opening.helpful_count,
        "attributes": shown.said,
        "photos": [_photo(photo) for photo in shown.photos],
        "updates": [
            _dated(update) | {"photos": [_photo(photo) for photo in shown.update_photos.get(update.pk, [])]}
            for update in shown.updates
        ],
        "replies": [{"by": reply.author.name} | _dated(reply) for reply in shown.replies],
    }


def _dated(post: Post) -> dict[str, Any]:
    return {"posted": post.created_at.isoformat(), "text": text_of(post)}


def _photo(photo: Attachment) -> dict[str, Any]:
    large, small = (absolute(size.url) if size.url.startswith("/") else size.url for size in (photo.large, photo.small))
    return {"url": large, "small": small, "width": photo.width, "height": photo.height, "alt": photo.alt}


def _attribute(summary: AttributeSummary) -> dict[str, Any]:
    attribute = summary.attribute
    return {
        "name": attribute.name,
        "mean": summary.mean,
        "count": summary.count,
        "steps": [getattr(summary, f"value_{step}") for step in range(LOWEST, HIGHEST + 1)],
        "low": attribute.low_label,
        "middle": attribute.middle_label,
        "high": attribute.high_label,
    }
