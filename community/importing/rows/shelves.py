"""The shelves that a table names, made where there is none."""

from django.db.models.functions import Lower
from django.utils.text import slugify

from community.products.models import ProductCategory

OTHER = "Other"
"""For what names no shelf, to be put right by somebody."""


def shelves_named(wanted: set[str]) -> tuple[dict[str, ProductCategory], int]:
    """By name in lower case, and how many of them are new. 1 query, and 2 for each new one."""
    found = ProductCategory.objects.alias(lower=Lower("name")).filter(lower__in={name.lower() for name in wanted})
    shelves: dict[str, ProductCategory] = {shelf.name.lower(): shelf for shelf in found}
    known = len(shelves)
    for name in sorted(wanted):
        if name.lower() not in shelves:
            taken = set(ProductCategory.objects.values_list("slug", flat=True))
            slug = free_slug(slugify(name)[:50] or "category", taken)
            shelves[name.lower()] = ProductCategory.objects.create(name=name, slug=slug)
    return shelves, len(shelves) - known


def free_slug(slug: str, taken: set[str]) -> str:
    candidate, number = slug, 1
    while candidate in taken:
        number += 1
        candidate = f"{slug}-{number}"
    return candidate
