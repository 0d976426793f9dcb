"""The readable part of a thread's address."""

from django.utils.text import slugify

LONGEST = 80
# /questions/<id>/answer/ is no question that is called “Answer”
PAGES_BELOW = (
    "answer",
    "answers-it",
    "ask-for-details",
    "close",
    "details",
    "duplicate",
    "enough-details",
    "me-too",
    "need-no-more",
    "not-me-too",
    "reopen",
    "still-need-help",
)


def slug_of(title: str) -> str:
    """At most 80 characters, cut at a word; empty for a title without a Latin letter or digit."""
    slug = slugify(title)
    if slug in PAGES_BELOW:
        return ""
    return slug if len(slug) <= LONGEST else slug[: LONGEST + 1].rpartition("-")[0][:LONGEST]
