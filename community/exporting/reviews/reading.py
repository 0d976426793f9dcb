"""Every review that a stranger can read, whatever its stars, with 200 in memory at a time."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from allauth.account.models import EmailAddress

from community.threads.models import Attachment, Post
from reviews.models import Review

BATCH = 200


@dataclass
class Leaving:
    """One review on its way out. `address` is its author's, proven, and only where it was asked for."""

    review: Review
    opening: Post
    reply: Post | None = None
    photos: list[Attachment] = field(default_factory=list)
    address: str = ""


def leaving(*, with_addresses: bool = False) -> Iterator[Leaving]:
    """Oldest first. 4 or 5 queries for 200 reviews."""
    after = 0
    listed = Review.objects.listed().select_related("thread__author", "thread__product", "purchase").order_by("pk")
    while batch := list(listed.filter(pk__gt=after)[:BATCH]):
        yield from _whole(batch, with_addresses)
        after = batch[-1].pk


def _whole(batch: list[Review], with_addresses: bool) -> Iterator[Leaving]:
    said = Post.objects.published().filter(thread__in=[review.pk for review in batch])
    openings = {post.thread_id: post for post in said.filter(kind=Post.Kind.OPENING)}
    replies = said.answers().official().select_related("author").order_by("-created_at", "-pk")
    first = {post.thread_id: post for post in replies}
    photos: dict[int | None, list[Attachment]] = {}
    for photo in Attachment.objects.filter(post__in=openings.values()):
        photos.setdefault(photo.post_id, []).append(photo)
    addresses = _addresses(batch) if with_addresses else {}
    for review in batch:
        if opening := openings.get(review.pk):
            shown = photos.get(opening.pk, [])
            address = addresses.get(review.thread.author_id, "")
            yield Leaving(review, opening, first.get(review.pk), shown, address)


def _addresses(batch: list[Review]) -> dict[int, str]:
    """Those that their owners have proven. What an import brought is kept aside and goes to nobody."""
    proven = EmailAddress.objects.filter(user__in=[review.thread.author_id for review in batch], verified=True)
    return dict(proven.order_by("primary", "-pk").values_list("user_id", "email"))
