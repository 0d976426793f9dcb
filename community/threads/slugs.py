"""The readable part of a thread's address."""

from django.utils.text import slugify

LONGEST = 80


def slug_of(title: str) -> str:
    """At most 80 characters, cut at a word; empty where a title has no Latin letter or digit (the address shows “-”)."""
    slug = slugify(title)
    return slug if len(slug) <= LONGEST else slug[: LONGEST + 1].rpartition("-")[0][:LONGEST]
