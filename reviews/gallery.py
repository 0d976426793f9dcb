"""The photos that customers added to their reviews of a product: a strip of the newest, and a page of all."""

from typing import NamedTuple

from django.db.models import QuerySet

from community.branding.drawing import address
from community.products.models import Product
from community.threads.models import Attachment, Status, Thread
from reviews.reading import TOLD_BY_REVIEWER

PER_PAGE = 48
STRIP_LENGTH = 12


class GalleryPhoto(NamedTuple):
    """A photo with the review that it leads back to. `width` and `height` are of the large picture."""

    small: str
    medium: str
    large: str
    width: int
    height: int
    alt: str
    review_url: str
    title: str
    stars: int
    name: str


def photos_of(product: Product) -> QuerySet[Attachment]:
    """Those of reviews that everybody can read, newest review first: in the order of an index."""
    return (
        Attachment.objects.filter(
            post__kind__in=TOLD_BY_REVIEWER,
            post__status=Status.PUBLISHED,
            post__thread__kind=Thread.Kind.REVIEW,
            post__thread__status=Status.PUBLISHED,
            post__thread__product=product,
        )
        .order_by("-post__thread__created_at", "-post__thread_id", "post", "position", "pk")
        .select_related("post__thread__review", "post__thread__author")
        .defer("post__body", "post__body_html")
    )


def strip(product: Product) -> list[GalleryPhoto]:
    """One query."""
    return [gallery_photo(photo) for photo in photos_of(product)[:STRIP_LENGTH]]


def gallery_photo(photo: Attachment) -> GalleryPhoto:
    """`photo` comes from photos_of."""
    thread = photo.post.thread  # type: ignore[union-attr]
    return GalleryPhoto(
        small=photo.small.url,
        medium=photo.medium.url,
        large=photo.large.url,
        width=photo.width,
        height=photo.height,
        alt=photo.alt or f"Photo by {thread.review.shown_name}",
        review_url=address("review", thread.pk),
        title=thread.title,
        stars=thread.review.stars,
        name=thread.review.shown_name,
    )
