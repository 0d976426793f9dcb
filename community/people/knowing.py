"""Who knows a product, as pages name them."""

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from community.branding.drawing import address
from community.people.models import Expertise, ExpertiseQuerySet
from community.products.models import Product
from community.threads.kept import kept

NAMED = 5


class Expert(NamedTuple):
    """Everything that people/experts.html shows of somebody."""

    pk: int
    name: str
    title: str
    url: str
    picture: str
    is_named: bool
    confirmed: int
    answers: int


FIELDS = {
    "pk": "member_id",
    "username": "member__username",
    "display_name": "member__display_name",
    "title": "member__title",
    "picture": "member__picture",
    "named_at": "named_at",
    "confirmed": "confirmed",
    "answers": "answers",
}
"""What an Expert is made of, for who reads the rows along with something else."""


def experts_rows(product: Any) -> ExpertiseQuerySet:
    """Who knows `product` (or an OuterRef to it), those first whom the company named."""
    return Expertise.objects.shown().filter(product=product).best_first()


def expert_of(row: Mapping[str, Any]) -> Expert:
    """Of a row that has FIELDS."""
    return Expert(
        pk=row["pk"],
        name=row["display_name"] or row["username"],
        title=row["title"],
        url=address("member", row["username"]),
        picture=row["picture"],
        is_named=row["named_at"] is not None,
        confirmed=row["confirmed"],
        answers=row["answers"],
    )


def experts_on(product: Product) -> Sequence[Expert]:
    """At most five. Kept for an Edition: two queries, then one or none."""
    return kept.get(("experts", product.pk), lambda: _read(product))


def _read(product: Product) -> tuple[Expert, ...]:
    names = list(FIELDS.values())
    rows = experts_rows(product).values_list(*names)[:NAMED]
    return tuple(expert_of(dict(zip(FIELDS, row, strict=True))) for row in rows)
