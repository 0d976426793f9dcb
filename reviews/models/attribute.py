"""What else than stars a review can rate: quality, value, fit. Which of these depends on the product's category."""

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q

from community.products.models import Product, ProductCategory
from reviews.models.review import Review

LOWEST, HIGHEST = 1, 5


class ReviewAttribute(models.Model):
    """One question with five steps, for all products of a category: from poor to excellent, or from small to large."""

    class Kind(models.TextChoices):
        MORE_IS_BETTER = "quality", "The more the better, as quality"
        MIDDLE_IS_BEST = "fit", "The middle is right, as fit"

    category = models.ForeignKey(ProductCategory, models.CASCADE, related_name="review_attributes")
    name = models.CharField(max_length=40, help_text="For example “Fit”.")
    slug = models.SlugField(max_length=40)
    kind = models.CharField(max_length=10, choices=Kind, default=Kind.MORE_IS_BETTER)
    low_label = models.CharField(max_length=30, default="Poor", help_text="What 1 means, for example “Runs small”.")
    middle_label = models.CharField(max_length=30, blank=True, help_text="What 3 means, for example “True to size”.")
    high_label = models.CharField(max_length=30, default="Excellent", help_text="What 5 means.")
    position = models.PositiveSmallIntegerField(default=0, help_text="Lower numbers come first.")
    is_asked = models.BooleanField(default=True, help_text="Unset, it is no longer asked; what was said stays.")

    class Meta:
        ordering = ["position", "pk"]
        constraints = [models.UniqueConstraint(fields=["category", "slug"], name="one_attribute_of_a_name_in_category")]

    def __str__(self) -> str:
        return self.name

    def clean(self) -> None:
        if self.kind == self.Kind.MIDDLE_IS_BEST and not self.middle_label:
            raise ValidationError({"middle_label": "Say what the middle means, for example “True to size”."})


class AttributeRating(models.Model):
    """What one review says of one attribute."""

    review = models.ForeignKey(Review, models.CASCADE, related_name="attribute_ratings")
    attribute = models.ForeignKey(ReviewAttribute, models.CASCADE, related_name="ratings")
    value = models.PositiveSmallIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["review", "attribute"], name="attribute_rated_once_in_a_review"),
            models.CheckConstraint(condition=Q(value__gte=LOWEST, value__lte=HIGHEST), name="attribute_rated_1_to_5"),
        ]
        indexes = [models.Index(fields=["attribute", "value"], name="rating_of_attribute")]

    def __str__(self) -> str:
        return f"{self.attribute_id}: {self.value}"


class AttributeSummary(models.Model):
    """How often each step was chosen in a product's counted reviews. `rating.recount` is all that writes it."""

    product = models.ForeignKey(Product, models.CASCADE, related_name="attribute_summaries")
    attribute = models.ForeignKey(ReviewAttribute, models.CASCADE, related_name="summaries")
    value_1 = models.PositiveIntegerField(default=0)
    value_2 = models.PositiveIntegerField(default=0)
    value_3 = models.PositiveIntegerField(default=0)
    value_4 = models.PositiveIntegerField(default=0)
    value_5 = models.PositiveIntegerField(default=0)
    count = models.GeneratedField(
        expression=F("value_1") + F("value_2") + F("value_3") + F("value_4") + F("value_5"),
        output_field=models.PositiveIntegerField(),
        db_persist=True,
    )

    class Meta:
        verbose_name_plural = "attribute summaries"
        constraints = [models.UniqueConstraint(fields=["product", "attribute"], name="one_summary_of_an_attribute")]

    def __str__(self) -> str:
        return f"{self.attribute_id} of product {self.product_id}: {self.mean or '–'} from {self.count}"

    @property
    def mean(self) -> float | None:
        """1 to 5 with one decimal; None while nobody has said."""
        total = sum(value * getattr(self, f"value_{value}") for value in range(LOWEST, HIGHEST + 1))
        return round(total / self.count, 1) if self.count else None
