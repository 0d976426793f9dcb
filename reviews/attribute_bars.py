"""What a product's reviews say of each attribute, as its page shows it: a bar, or a place between small and large."""

from typing import NamedTuple

from reviews.listing import Choice, said
from reviews.models import AttributeSummary, ReviewAttribute
from reviews.models.attribute import HIGHEST, LOWEST

STEPS = range(LOWEST, HIGHEST + 1)


class Step(NamedTuple):
    words: str
    count: int  # type: ignore[assignment]  # hides tuple.count, which nobody needs here
    url: str
    current: bool


class AttributeBar(NamedTuple):
    """`at` is where the mean lies, 0 to 100: on a scale each step has a fifth, and stands in its middle.

    `verdict` says the mean in words where the middle is best.
    """

    name: str
    is_scale: bool
    mean: float
    at: float
    verdict: str
    low: str
    high: str
    count: int  # type: ignore[assignment]
    steps: tuple[Step, ...]


def summaries_of(slug: str) -> list[AttributeSummary]:
    """Of the product with this slug, in the order of its category. One query."""
    summaries = AttributeSummary.objects.filter(product__slug=slug, count__gt=0).select_related("attribute")
    return list(summaries.order_by("attribute__position", "attribute"))


def attribute_bars(summaries: list[AttributeSummary], choice: Choice) -> list[AttributeBar]:
    """Each step is a link that filters. No query."""
    return [_bar(summary, choice) for summary in summaries]


def _bar(summary: AttributeSummary, choice: Choice) -> AttributeBar:
    attribute, mean = summary.attribute, summary.mean or LOWEST
    is_scale = attribute.kind == ReviewAttribute.Kind.MIDDLE_IS_BEST
    return AttributeBar(
        name=attribute.name,
        is_scale=is_scale,
        mean=mean,
        at=round(10 + 80 * (mean - LOWEST) / (HIGHEST - LOWEST), 1) if is_scale else round(100 * mean / HIGHEST, 1),
        verdict=_verdict(attribute, mean) if is_scale else "",
        low=attribute.low_label,
        high=attribute.high_label,
        count=summary.count,
        steps=tuple(_step(summary, value, choice) for value in STEPS),
    )


def _step(summary: AttributeSummary, value: int, choice: Choice) -> Step:
    step = said(summary.attribute, value)
    return Step(step.words, getattr(summary, f"value_{value}"), **choice.step_link(step))


def _verdict(attribute: ReviewAttribute, mean: float) -> str:
    """The nearest of the three that have words; between two of them, the middle one."""
    if mean < LOWEST + 1:
        return attribute.low_label
    return attribute.high_label if mean > HIGHEST - 1 else attribute.middle_label
