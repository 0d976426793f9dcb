"""Where things go: category, product and tags here by their names there, and whose word is the company's."""

from collections.abc import Iterable
from functools import cached_property
from typing import Any

from django.db.models import Q

from community.products.models import Product
from community.threads.models import Category, TagSynonym

LONGEST_TAG = 100
CATEGORY_NAME, CATEGORY_SLUG = "General", "general"


class Plan:
    """`options`: category (slug), product (slug), mapping ({their category: our slug}), staff_as_company."""

    def __init__(self, options: dict[str, Any]) -> None:
        self.options = options
        self.staff_as_company = bool(options.get("staff_as_company"))
        self._products: dict[str, Product | None] = {}

    @cached_property
    def _categories(self) -> dict[str, Category]:
        rows = Category.objects.all()
        return {row.name.casefold(): row for row in rows} | {row.slug: row for row in rows}

    @cached_property
    def default_category(self) -> Category:
        """The chosen one, else the first there is, else one that is made."""
        chosen = self._categories.get(str(self.options.get("category") or ""))
        first = Category.objects.order_by("position", "name").first()
        return (
            chosen or first or Category.objects.get_or_create(slug=CATEGORY_SLUG, defaults={"name": CATEGORY_NAME})[0]
        )

    def category_for(self, theirs: str) -> Category:
        mapped = str((self.options.get("mapping") or {}).get(theirs, theirs))
        return self._categories.get(mapped.casefold()) or self.default_category

    def product_for(self, theirs: str) -> Product | None:
        """By SKU, slug or name; else the chosen one, if any."""
        if theirs not in self._products:
            found = None
            if theirs:
                found = Product.objects.filter(Q(sku=theirs) | Q(slug=theirs.lower()) | Q(name__iexact=theirs)).first()
            chosen = self.options.get("product")
            self._products[theirs] = found or (Product.objects.filter(slug=chosen).first() if chosen else None)
        return self._products[theirs]

    @cached_property
    def _synonyms(self) -> dict[str, str]:
        return {name.casefold(): tag for name, tag in TagSynonym.objects.values_list("name", "tag__name")}

    def tags_for(self, theirs: Iterable[str]) -> list[str]:
        """As they are called here. There may be more than a question asked here would get."""
        names = (" ".join(tag.split())[:LONGEST_TAG].strip() for tag in theirs)
        ours = {self._synonyms.get(name.casefold(), name) for name in names if name}
        return sorted(ours)
