"""The choices beside results: what else they could be narrowed to, and how many would remain."""

from collections import Counter

from community.products.models import Product
from community.search.filters import FIELDS, KINDS, PERIODS, SORTS, STATES, Filters, first_day
from community.search.finding import Findings
from community.threads.models import Tag

MOST = 8  # of products, and of tags

Choice = dict[str, object]


def facets(text: str, filters: Filters, findings: Findings) -> dict[str, object]:
    """`kinds` and `sorts` as chips, `groups` of further ones, and how many of those are `chosen`. Two queries."""
    if not findings.counts:
        return {"kinds": [], "groups": [], "sorts": [], "chosen": 0}
    counts = {name: findings.counts[field] for name, field in FIELDS.items()}
    names = {
        "product": _names(Product.objects.all(), counts["product"], filters.product),
        "state": STATES,
        "tag": _names(Tag.objects.all(), counts["tag"], filters.tag),
        "period": {name: label for name, (label, _) in PERIODS.items()},
    }
    counts["period"] = Counter({name: _since(counts["period"], first_day(name)) for name in PERIODS})
    labels = {"product": "Product", "state": "Questions", "tag": "Tag", "period": "When"}
    groups = [
        {"label": labels[name], "chips": _chips(text, filters, name, known, counts[name])}
        for name, known in names.items()
    ]
    return {
        "kinds": _chips(text, filters, "kind", KINDS, counts["kind"]),
        "groups": [group for group in groups if group["chips"]],
        "sorts": [
            {"label": label, "url": filters.address(text, sort=name), "current": filters.sort == name}
            for name, label in SORTS.items()
        ],
        "chosen": sum(name in names for name in filters.chosen),
    }


def _chips(text: str, filters: Filters, name: str, labels: dict[str, str], counts: Counter[str]) -> list[Choice]:
    """One for each choice that would find something; the chosen one's address takes the choice back."""
    chosen = getattr(filters, name)
    return [
        {
            "label": label,
            "url": filters.address(text, **{name: value}),
            "current": value == chosen,
            "count": counts[value],
        }
        for value, label in labels.items()
        if counts[value] or value == chosen
    ]


def _names(rows: object, counts: Counter[str], chosen: str) -> dict[str, str]:
    """The commonest slugs with their names, the chosen one among them."""
    slugs = [slug for slug, _ in counts.most_common(MOST + 1) if slug][:MOST]
    slugs += [chosen] if chosen and chosen not in slugs else []
    found = dict(rows.filter(slug__in=slugs).values_list("slug", "name"))  # type: ignore[attr-defined]
    return {slug: found[slug] for slug in slugs if slug in found}


def _since(days: Counter[str], first: str) -> int:
    return sum(count for day, count in days.items() if day >= first)
