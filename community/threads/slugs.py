"""The readable part of a thread's address."""

from django.utils.text import slugify

LONGEST = 80
PAGES_BELOW = ("answer", "close", "reopen")  # /questions/<id>/answer/ is no question that is called “Answer”


def slug_of(title: str) -> str:
    """At most 80 characters, cut at a word; empty for a title without a Latin letter or digit."""
    slug = slugify(title)
    if slug in PAGES_BELOW:
        return ""
    return slug if len(slug) <= LONGEST else slug[: LONGEST + 1].rpartition("-")[0][:LONGEST]
