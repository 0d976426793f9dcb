"""Who knows a product, as pages name them."""

from collections.abc import Sequence
from typing import NamedTuple

from community.branding.drawing import address
from community.people.models import Expertise
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


def experts_on(product: Product) -> Sequence[Expert]:
    """At most five, those first whom the company named. Kept for an Edition: two queries, then one or none."""
    return kept.get(("experts", product.pk), lambda: _read(product))


def _read(product: Product) -> tuple[Expert, ...]:
    rows = Expertise.objects.shown().filter(product=product).select_related("member").best_first()[:NAMED]
    return tuple(
        Expert(
            pk=row.member_id,
            name=row.member.name,
            title=row.member.title,
            url=address("member", row.member.username),
            picture=row.member.picture,
            is_named=row.named_at is not None,
            confirmed=row.confirmed,
            answers=row.answers,
        )
        for row in rows
    )
