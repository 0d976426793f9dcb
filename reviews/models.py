"""Review: what makes a thread a review. RatingSummary: a product's stars, kept in step so that reading never counts."""

from typing import Any

from django.db import models
from django.db.models import F, Q

from community.products.models import Product, Purchase
from community.threads.models import Status, Thread

MINIMUM_WEIGHT = 10


class ReviewQuerySet(models.QuerySet["Review"]):
    def listed(self) -> "ReviewQuerySet":
        return self.filter(thread__kind=Thread.Kind.REVIEW, thread__status=Status.PUBLISHED)

    def visible_to(self, member: Any) -> "ReviewQuerySet":
        return self.filter(thread__in=Thread.objects.visible_to(member))

    def counted(self) -> "ReviewQuerySet":
        """In the average: published and not by staff or insiders (facts/reviews.md)."""
        return self.listed().filter(is_insider=False)

    def with_list_data(self) -> "ReviewQuerySet":
        return self.select_related("thread__author", "thread__product")


class Review(models.Model):
    class NameShown(models.TextChoices):
        FULL = "full", "Full name"
        FIRST = "first", "First name and initial"
        INITIALS = "initials", "Initials"
        ANONYMOUS = "anonymous", "Anonymous"

    thread = models.OneToOneField(Thread, models.CASCADE, primary_key=True, related_name="review")
    stars = models.PositiveSmallIntegerField(choices=[(n, f"{n} star{'s'[: n > 1]}") for n in range(1, 6)])
    experience_date = models.DateField(null=True, blank=True, help_text="When the product was used.")
    recommends = models.BooleanField(null=True, blank=True)
    pros = models.CharField(max_length=300, blank=True)
    cons = models.CharField(max_length=300, blank=True)
    name_shown = models.CharField(max_length=10, choices=NameShown, default=NameShown.FULL)
    purchase = models.ForeignKey(
        Purchase, models.PROTECT, null=True, blank=True, related_name="reviews", help_text="Evidence of purchase."
    )
    is_incentivised = models.BooleanField(default=False, help_text="Set by the invitation's campaign.")
    is_insider = models.BooleanField(default=False, help_text="Written by staff; labelled, left out of the average.")
    imported_from = models.CharField(max_length=60, blank=True, help_text="Where it was first posted.")

    objects = ReviewQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(stars__gte=1, stars__lte=5), name="review_has_1_to_5_stars"),
        ]

    def __str__(self) -> str:
        return f"{self.stars} stars: {self.thread.title}"

    @property
    def is_verified(self) -> bool:
        """Only ever from order evidence; no one can tick it."""
        return self.purchase_id is not None


class RatingSummary(models.Model):
    """How many counted reviews gave each star. Changed in step with publishing; `recount` makes it right from the rows."""

    product = models.OneToOneField(Product, models.CASCADE, primary_key=True, related_name="rating")
    stars_1 = models.PositiveIntegerField(default=0)
    stars_2 = models.PositiveIntegerField(default=0)
    stars_3 = models.PositiveIntegerField(default=0)
    stars_4 = models.PositiveIntegerField(default=0)
    stars_5 = models.PositiveIntegerField(default=0)
    recommend_count = models.PositiveIntegerField(default=0)
    recommend_asked = models.PositiveIntegerField(default=0, help_text="Counted reviews that said yes or no.")
    count = models.GeneratedField(
        expression=F("stars_1") + F("stars_2") + F("stars_3") + F("stars_4") + F("stars_5"),
        output_field=models.PositiveIntegerField(),
        db_persist=True,
    )

    class Meta:
        verbose_name_plural = "rating summaries"
        constraints = [
            models.CheckConstraint(
                condition=Q(recommend_count__lte=F("recommend_asked")), name="recommend_count_within_asked"
            )
        ]

    def __str__(self) -> str:
        return f"{self.mean or '–'} from {self.count} for product {self.product_id}"

    @property
    def total(self) -> int:
        return sum(stars * getattr(self, f"stars_{stars}") for stars in range(1, 6))

    @property
    def mean(self) -> float | None:
        """The plain mean with one decimal; None without a review."""
        return round(self.total / self.count, 1) if self.count else None

    def ranking_score(self, site_mean: float) -> float:
        """v/(v+m)·R + m/(v+m)·C with m = 10 (facts/reviews.md): for ordering products, never shown as the rating."""
        return (self.total + MINIMUM_WEIGHT * site_mean) / (self.count + MINIMUM_WEIGHT)
