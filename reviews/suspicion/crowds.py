"""Crowds: many new accounts on one product, one address, a sudden run of one number of stars. Seen from outside alone.

Stars are read to find runs, of 1 and of 5 alike; what is found is shown to a moderator and changes nothing.
"""

from collections.abc import Iterable
from datetime import timedelta
from math import exp

from django.db.models import QuerySet

from reviews.models import Review, SentFrom

WINDOW, BEFORE = timedelta(hours=48), timedelta(days=90)
YOUNG = timedelta(days=7)
CROWD = 5
"""New accounts on one product within two days, if they are at least half of all who wrote then."""
RUN = 6
UNLIKELY = 0.001
AT_ONE_ADDRESS = 3
"""Different accounts, on whatever products; on one product two are enough."""


def same_address(review: Review) -> list[int]:
    """Other accounts' reviews from the address of this one, where that is a ground to look."""
    sent = SentFrom.objects.filter(review=review).first()
    if sent is None:
        return []
    others = SentFrom.objects.filter(digest=sent.digest).exclude(review__thread__author=review.thread.author_id)
    rows = list(others.values_list("review", "review__thread__author", "review__thread__product"))
    if len({author for _, author, _ in rows}) + 1 >= AT_ONE_ADDRESS:
        return [pk for pk, _, _ in rows]
    return [pk for pk, _, product in rows if product == review.thread.product_id]


def new_accounts(review: Review) -> list[int]:
    """The reviews by new accounts that came with this one, itself among them, where they are a crowd."""
    rows = list(_lately(review).values_list("pk", "thread__created_at", "thread__author__date_joined"))
    young = [pk for pk, written, joined in rows if written - joined < YOUNG]
    return young if review.pk in young and len(young) >= CROWD and 2 * len(young) >= len(rows) else []


def star_run(review: Review) -> list[int]:
    """The reviews with as many stars that came with this one, where chance makes so many less than once in 1,000.

    Compared with how often the product got that number in the 90 days before (Poisson).
    """
    lately = list(_lately(review).filter(stars=review.stars).values_list("pk", flat=True))
    if len(lately) < RUN:
        return []
    until = review.thread.created_at - WINDOW
    usual = _of_product(review).filter(stars=review.stars, thread__created_at__lte=until)
    windows = BEFORE / WINDOW
    expected = (usual.filter(thread__created_at__gt=until - BEFORE).count() + 1) / windows
    return lately if at_least(len(lately), expected) < UNLIKELY else []


def at_least(count: int, expected: float) -> float:
    """How often a Poisson variable with this mean is `count` or more."""
    term, below = exp(-expected), 0.0
    for number in range(count):
        below += term
        term *= expected / (number + 1)
    return max(0.0, 1 - below)


def _lately(review: Review) -> QuerySet[Review]:
    at = review.thread.created_at
    return _of_product(review).filter(thread__created_at__gt=at - WINDOW, thread__created_at__lte=at)


def _of_product(review: Review) -> QuerySet[Review]:
    """Written here: an import brings a hundred at once, which is no crowd."""
    return Review.objects.filter(thread__product=review.thread.product_id, imported_from="")


def distinct(numbers: Iterable[int], without: int) -> list[int]:
    return sorted(set(numbers) - {without})
