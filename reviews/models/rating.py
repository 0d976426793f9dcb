"""RatingSummary: a product's stars in sum. What its customers say of each attribute, in sum, is in attribute.py."""

from django.db import models
from django.db.models import F, Q

from community.products.models import Product

MINIMUM_WEIGHT = 10


class RatingSummary(models.Model):
    """How many counted reviews gave each star. `rating.recount` is all that writes it."""

    product = models.OneToOneField(Product, models.CASCADE, primary_key=True, related_name="rating")
    stars_1 = models.PositiveIntegerField(default=0)
    stars_2 = models.PositiveIntegerField(default=0)
    stars_3 = models.PositiveIntegerField(default=0)
    stars_4 = models.PositiveIntegerField(default=0)
    stars_5 = models.PositiveIntegerField(default=0)
    recommend_count = models.PositiveIntegerField(default=0)
    recommend_asked = models.PositiveIntegerField(default=0, help_text="Counted reviews that said yes or no.")
    insider_count = models.PositiveIntegerField(default=0, help_text="By staff: listed and not counted.")
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
    def listed_count(self) -> int:
        """How many reviews the product's page lists."""
        return self.count + self.insider_count

    @property
    def histogram(self) -> dict[int, int]:
        """How many gave 5, 4, 3, 2 and 1 stars, in this order."""
        return {stars: getattr(self, f"stars_{stars}") for stars in range(5, 0, -1)}

    @property
    def total(self) -> int:
        return sum(stars * count for stars, count in self.histogram.items())

    def share_of(self, stars: int) -> int:
        """Of all counted reviews, in per cent; 0 without a review."""
        return round(100 * self.histogram[stars] / self.count) if self.count else 0

    @property
    def mean(self) -> float | None:
        """The plain mean with one decimal; None without a review."""
        return round(self.total / self.count, 1) if self.count else None

    @property
    def recommend_share(self) -> int | None:
        """Percent of those who said; None while nobody has."""
        return round(100 * self.recommend_count / self.recommend_asked) if self.recommend_asked else None

    def ranking_score(self, site_mean: float) -> float:
        """v/(v+m)·R + m/(v+m)·C with m = 10: for ordering products, never shown as the rating."""
        return (self.total + MINIMUM_WEIGHT * site_mean) / (self.count + MINIMUM_WEIGHT)
