"""What reviews tell besides stars and words, what time has shown, who wrote from inside, and whose pages show them."""

import random
import re
from datetime import datetime, timedelta

from django.db import transaction

from community.demo.content import Row, read
from community.members.models import Member
from community.products.models import Product, ProductCategory
from community.threads.drafting import save_draft
from community.threads.models import Edition, Post, Thread
from community.threads.publishing import recount
from community.threads.rendering import render
from reviews.begun import place_of_review
from reviews.insiders import label_insiders
from reviews.models import AttributeRating, InsiderDomain, Review, ReviewAttribute, ReviewRecord, ShopOrigin
from reviews.rating import recount_all
from reviews.recording import complete_log, record

SMALL = re.compile(r"\b(?:small|tight|snug|short)\b", re.IGNORECASE)
LARGE = re.compile(r"\b(?:large|big|loose|boxy|baggy|huge)\b", re.IGNORECASE)
SAYS_SO = 0.9  # the share of reviews that answer


@transaction.atomic
def load_review_details(now: datetime) -> int:
    """All of it where none of it is there yet; how many rows, not counting the lines of the log.

    Texts too much alike are found by the worker's first look, within a minute.
    """
    if ReviewAttribute.objects.exists():
        return 0
    data = read("trust")
    attributes = [attribute for place, row in enumerate(data["attribute"]) for attribute in _attributes(row, place)]
    added = len(attributes) + _rate(attributes)
    ShopOrigin.objects.bulk_create(ShopOrigin(**row) for row in data["shop_origin"])
    InsiderDomain.objects.bulk_create(InsiderDomain(**row) for row in data["insider_domain"])
    added += len(data["shop_origin"]) + len(data["insider_domain"])
    complete_log()
    added += sum(_update(row, now) for row in data["update"]) + label_insiders() + _begin(data["begun"])
    recount_all()
    Edition.advance()
    return added


def _attributes(row: Row, place: int) -> list[ReviewAttribute]:
    fields = {name: value for name, value in row.items() if name != "category"}
    shelves = ProductCategory.objects.filter(slug__in=row["category"])
    return ReviewAttribute.objects.bulk_create(
        ReviewAttribute(category=shelf, position=place, **fields) for shelf in shelves
    )


def _rate(attributes: list[ReviewAttribute]) -> int:
    """As the words and stars of each review let one guess."""
    reviews = Review.objects.select_related("thread__product").order_by("pk")
    bodies = dict(Post.objects.filter(kind=Post.Kind.OPENING).values_list("thread", "body"))
    rows = []
    for review in reviews:
        dice = random.Random(bodies[review.pk])
        asked = [attribute for attribute in attributes if attribute.category_id == review.product.category_id]
        if asked and dice.random() < SAYS_SO:
            rows += [
                AttributeRating(review=review, attribute=one, value=_value(one, review.stars, bodies[review.pk], dice))
                for one in asked
            ]
    return len(AttributeRating.objects.bulk_create(rows, batch_size=500))


def _value(attribute: ReviewAttribute, stars: int, body: str, dice: random.Random) -> int:
    if attribute.kind == ReviewAttribute.Kind.MIDDLE_IS_BEST:
        return 3 - bool(SMALL.search(body)) + bool(LARGE.search(body)) + (dice.choice((-1, 1)) if stars == 1 else 0)
    return min(5, max(1, stars + dice.choice((-1, 0, 0, 0, 1))))


def _update(row: Row, now: datetime) -> bool:
    """`days` after the review."""
    author = Member.objects.get(username=row["by"])
    thread = Thread.objects.reviews().get(author=author, product__slug=row["product"])
    update = Post.objects.create(
        thread=thread,
        author=author,
        kind=Post.Kind.UPDATE,
        body=row["body"],
        body_html=render(row["body"], is_trusted=True),
        created_at=min(now, thread.created_at + timedelta(days=row["days"])),
    )
    record(thread.review, ReviewRecord.Kind.UPDATED, by=author, update=update.pk)
    recount(thread.pk)
    return True


def _begin(rows: list[Row]) -> int:
    """Reviews that somebody has begun to write."""
    for row in rows:
        product = Product.objects.get(slug=row["product"])
        save_draft(by=Member.objects.get(username=row["by"]), place=place_of_review(product), fields=row["fields"])
    return len(rows)
