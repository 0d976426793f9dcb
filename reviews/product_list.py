"""The list of products: which shelf, in which order, and what each card shows."""

from collections.abc import Callable
from typing import Any

from django.db.models import Count, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from community.products.models import Product, ProductCategory
from community.threads.models import Thread
from reviews.rating import by_rank

PER_PAGE = 36
DEFAULT_SORT = "rating"


def most_reviewed(products: QuerySet[Product]) -> QuerySet[Product]:
    return products.annotate(reviews=Coalesce("rating__count", 0)).order_by("-reviews", "name", "pk")


SORTS: dict[str, tuple[str, Callable[[QuerySet[Product]], QuerySet[Product]]]] = {
    "rating": ("Best rated", by_rank),
    "reviews": ("Most reviewed", most_reviewed),
    "newest": ("Newest", lambda products: products.order_by("-created_at", "-pk")),
    "name": ("By name", lambda products: products.order_by("name", "pk")),
}


def with_card_data(products: QuerySet[Product]) -> QuerySet[Product]:
    """What product_card.html shows, in the one query."""
    questions = Thread.objects.listed().questions().filter(product=OuterRef("pk")).order_by()
    count = questions.values("product").annotate(number=Count("pk")).values("number")
    return products.select_related("rating").annotate(question_count=Coalesce(Subquery(count), 0))


def shelves() -> list[tuple[ProductCategory, int]]:
    """Categories with how many products each has on sale, without empty ones. One query."""
    counted = ProductCategory.objects.annotate(on_sale=Count("products", filter=Q(products__is_discontinued=False)))
    return [(category, category.on_sale) for category in counted.filter(on_sale__gt=0)]


def shelf_links(shelves: list[tuple[ProductCategory, int]], chosen: str, sort: str) -> list[dict[str, Any]]:
    """A chosen shelf's link takes the filter away."""
    return [
        {
            "label": category.name,
            "url": f"?{query_of('' if category.slug == chosen else category.slug, sort).rstrip('&')}",
            "current": category.slug == chosen,
            "count": count,
        }
        for category, count in shelves
    ]


def sort_links(chosen: str, sort: str) -> list[dict[str, Any]]:
    return [
        {"label": label, "url": f"?{query_of(chosen, name).rstrip('&')}", "current": name == sort, "count": None}
        for name, (label, _) in SORTS.items()
    ]


def query_of(category: str, sort: str) -> str:
    """The part of an address after “?”; ends in “&” unless empty, for page=."""
    parts = [f"category={category}&"] if category else []
    if sort != DEFAULT_SORT:
        parts.append(f"sort={sort}&")
    return "".join(parts)
