"""Keeps each product's summaries equal to its counted reviews: stars and attributes; and orders products by stars."""

from collections.abc import Collection, Iterable
from typing import Any

from django.db import transaction
from django.db.models import (
    Case,
    Count,
    ExpressionWrapper,
    F,
    FloatField,
    Q,
    QuerySet,
    Subquery,
    Sum,
    Value,
    When,
)
from django.db.models.expressions import Combinable
from django.db.models.functions import Cast, Coalesce, NullIf

from community.products.models import Product
from community.threads.models import Edition, Post, Thread
from reviews.finding import keep_missing_words
from reviews.models import MINIMUM_WEIGHT, AttributeRating, AttributeSummary, RatingSummary, Review

MIDDLE = 3.0  # the mean of a site that has no review yet
_IS_COUNTED = Q(is_insider=False)
_COUNTERS = {f"stars_{stars}": Count("pk", filter=_IS_COUNTED & Q(stars=stars)) for stars in range(1, 6)} | {
    "recommend_count": Count("pk", filter=_IS_COUNTED & Q(recommends=True)),
    "recommend_asked": Count("pk", filter=_IS_COUNTED & Q(recommends__isnull=False)),
    "insider_count": Count("pk", filter=~_IS_COUNTED),
}

_STEPS = {f"value_{value}": Count("pk", filter=Q(value=value)) for value in range(1, 6)}


@transaction.atomic
def recount(product_id: int) -> bool:
    """Set one product's summaries from its rows, whatever happened before. False if they were right already. 6 queries.

    Words of reviews that no event told of are folded too, so that a loader has one thing to call.

    The summary is locked before its reviews are counted, so of two recounts at once the later sees both changes.
    """
    RatingSummary.objects.get_or_create(product_id=product_id)
    summary = RatingSummary.objects.select_for_update().get(product_id=product_id)
    is_changed = _recount_stars(summary) | _recount_attributes(product_id) | bool(keep_missing_words(product_id))
    if is_changed:
        Edition.advance()
    return is_changed


@transaction.atomic
def recount_stars_of(product_ids: Collection[int]) -> None:
    """The stars of many products at once, for bulk loads between two batches. 4 queries; `recount` does the rest."""
    RatingSummary.objects.bulk_create([RatingSummary(product_id=pk) for pk in product_ids], ignore_conflicts=True)
    summaries = list(RatingSummary.objects.select_for_update().filter(pk__in=product_ids).order_by("pk"))
    reviews = Review.objects.listed().filter(thread__product__in=product_ids).order_by()
    rows: Iterable[Any] = reviews.values(product=F("thread__product")).annotate(**_COUNTERS)
    counted = {row["product"]: row for row in rows}
    for summary in summaries:
        for name in _COUNTERS:
            setattr(summary, name, counted.get(summary.pk, {}).get(name, 0))
    RatingSummary.objects.bulk_create(  # far quicker than bulk_update
        summaries, update_conflicts=True, unique_fields=["product"], update_fields=list(_COUNTERS)
    )
    Edition.advance()


def recount_for_post(post_id: int) -> bool:
    """Recount the product that the review opened by `post_id` is about; nothing for any other post."""
    threads = Thread.objects.reviews().filter(posts__pk=post_id, posts__kind=Post.Kind.OPENING)
    product_id = threads.values_list("product_id", flat=True).first()
    return product_id is not None and recount(product_id)


def recount_all() -> int:
    """Make every summary right; how many were not."""
    products = Product.objects.filter(Q(threads__kind=Thread.Kind.REVIEW) | Q(rating__isnull=False))
    return sum(recount(pk) for pk in products.distinct().values_list("pk", flat=True))


def _recount_stars(summary: RatingSummary) -> bool:
    counted = Review.objects.listed().filter(thread__product_id=summary.pk).aggregate(**_COUNTERS)
    if all(getattr(summary, name) == number for name, number in counted.items()):
        return False
    RatingSummary.objects.filter(pk=summary.pk).update(**counted)
    return True


def _recount_attributes(product_id: int) -> bool:
    """Of an attribute that no counted review speaks of nothing is kept."""
    counted_reviews = Review.objects.listed().filter(_IS_COUNTED, thread__product_id=product_id)
    said = AttributeRating.objects.filter(review__in=counted_reviews).order_by().values("attribute_id")
    counted = {row["attribute_id"]: row for row in said.annotate(**_STEPS)}
    kept = AttributeSummary.objects.filter(product_id=product_id)
    if counted == {row["attribute_id"]: row for row in kept.values("attribute_id", *_STEPS)}:
        return False
    kept.exclude(attribute__in=counted).delete()
    AttributeSummary.objects.bulk_create(
        [AttributeSummary(product_id=product_id, **row) for row in counted.values()],
        update_conflicts=True,
        unique_fields=["product", "attribute"],
        update_fields=list(_STEPS),
    )
    return True


def site_mean() -> Combinable:
    """C of the ranking, for use in a query: the mean of all counted stars of the site."""
    total = sum((stars * F(f"stars_{stars}") for stars in range(2, 6)), start=F("stars_1"))
    sums = RatingSummary.objects.order_by().values(site=Value(1)).annotate(stars=Sum(total), reviews=Sum("count"))
    share = Cast("stars", FloatField()) / NullIf("reviews", 0)
    return Coalesce(Subquery(sums.annotate(share=share).values("share")), MIDDLE, output_field=FloatField())


def by_rank(products: QuerySet[Product]) -> QuerySet[Product]:
    """Best first by RatingSummary.ranking_score. Products that nobody has rated yet come last."""
    total = sum((stars * F(f"rating__stars_{stars}") for stars in range(2, 6)), start=F("rating__stars_1"))
    weighed = (total + float(MINIMUM_WEIGHT) * site_mean()) / (F("rating__count") + float(MINIMUM_WEIGHT))
    score = ExpressionWrapper(weighed, output_field=FloatField())
    rank = Case(When(rating__count__gt=0, then=score), default=-1.0, output_field=FloatField())
    return products.annotate(rank=rank).order_by("-rank", "name", "pk")
