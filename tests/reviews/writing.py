"""Short ways to write and change a review in a test."""

from io import BytesIO
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from community.members.models import Member
from community.products.models import Product
from community.threads.models import Post
from reviews.models import Review
from reviews.reviewing import write_review
from reviews.revising import revise_review

BODY = "Worn for two wet winters. It has kept its shape, and the cuffs still close."


def write(by: Member, product: Product, **changes: Any) -> Review:
    return write_review(**{"by": by, "product": product, "stars": 5, "title": "Kept its shape", "body": BODY} | changes)


def change(review: Review, **changes: Any) -> bool:
    """As its author, from what it says now."""
    opening = opening_of(review)
    standing = {
        "by": opening.author,
        "review": opening.thread.review,
        "base_version": opening.version,
        "title": opening.thread.title,
        "body": opening.body,
        "name_shown": opening.thread.review.name_shown,
        "photos": list(opening.attachments.all()),
    }
    return revise_review(**standing | opening.thread.review.facts() | changes)


def opening_of(review: Review) -> Post:
    openings = Post.objects.select_related("thread__review", "author")
    return openings.get(thread=review.pk, kind=Post.Kind.OPENING)


def fields(**changes: Any) -> dict[str, Any]:
    """What the form of a good review sends."""
    good = {"stars": "5", "title": "Kept its shape", "body": BODY, "name_shown": "full", "recommends": ""}
    return good | changes


def picture(name: str = "jumper.png", size: tuple[int, int] = (40, 30)) -> SimpleUploadedFile:
    file = BytesIO()
    Image.new("RGB", size, "green").save(file, "PNG")
    return SimpleUploadedFile(name, file.getvalue(), "image/png")
