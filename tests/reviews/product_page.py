"""A product's page and the reviews on it, for tests."""

from datetime import timedelta
from typing import Any

from django.test import Client
from django.utils import timezone

from community.products.models import Product, Purchase
from community.threads.attaching import take_photo
from community.threads.bulk import NewPost, NewThread, load_threads
from reviews.models import Review
from reviews.rating import recount
from tests.conftest import make_member
from tests.reviews.writing import BODY, picture

PAGE = "/products/fell-jumper/"


def load_reviews(product: Product, rows: list[dict[str, Any]]) -> list[Review]:
    """Each row: stars, and perhaps verified, photo, votes (helpful of all), days (old), and fields of Review."""
    voters = [make_member(f"voter{n}") for n in range(max([row.get("votes", (0, 0))[1] for row in rows], default=0))]
    threads, made = [], []
    for number, row in enumerate(rows):
        who = make_member(f"reviewer{number}", display_name=f"Reviewer Number{number}")
        helpful, cast = row.pop("votes", (0, 0))
        votes = [(voter, nth < helpful) for nth, voter in enumerate(voters[:cast])]
        photos = [take_photo(by=who, upload=picture())] if row.pop("photo", False) else []
        written = timezone.now() - timedelta(days=row.pop("days", 1), minutes=number)
        opening = NewPost(author=who, body=f"{BODY} {number}", created_at=written, votes=votes, photos=photos)
        threads.append(NewThread(kind="review", title=f"Review {number}", opening=opening, product=product))
        if row.pop("verified", False):
            row["purchase"] = Purchase.objects.create(
                product=product, member=who, email=who.email, reference=str(number), purchased_at=written
            )
        made.append(row)
    saved = load_threads(threads)
    reviews = Review.objects.bulk_create(Review(thread=thread, **row) for thread, row in zip(saved, made, strict=True))
    recount(product.pk)
    return reviews


def titles(client: Client, query: str = "") -> list[str]:
    return [shown.opening.thread.title for shown in client.get(PAGE + query).context["page"]]


def text_of(client: Client, path: str = PAGE) -> str:
    return client.get(path).content.decode()
