"""What has to be known about where a review comes from, in words: one source for page, widget, interface and feed."""

from typing import NamedTuple

from django.utils.formats import date_format
from django.utils.timezone import localtime

from reviews.models import Review


class Label(NamedTuple):
    """`code` is for machines and never changes; `words` are for people."""

    code: str
    words: str


Labels = tuple[Label, ...]
"""In the order in which they are shown; empty where there is nothing to say."""

VERIFIED = Label("verified", "Verified purchase")
INCENTIVISED = Label("incentivised", "Incentivised: got something for reviewing")
INSIDER = Label("insider", "Works for the company")


def labels_of(review: Review) -> Labels:
    """Nobody sets one by hand: an order, a campaign, a role or an import does. Needs `thread` loaded; no query."""
    standing = (
        (VERIFIED, review.is_verified),
        (INCENTIVISED, review.is_incentivised),
        (INSIDER, review.is_insider),
        (_first_posted(review), bool(review.imported_from)),
    )
    return tuple(label for label, is_set in standing if is_set)


def _first_posted(review: Review) -> Label:
    day = date_format(localtime(review.thread.created_at), "j F Y")
    return Label("imported", f"First posted on {review.imported_from}, {day}")
