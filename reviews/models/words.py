"""ReviewWords: what a review says, folded for looking words up within a product's reviews."""

from django.db import models

from reviews.models.review import Review


class ReviewWords(models.Model):
    """Beside the review and not in it: long texts in its rows would slow down every list. reviews.finding writes it."""

    review = models.OneToOneField(Review, models.CASCADE, primary_key=True, related_name="words")
    text = models.TextField(help_text="Word roots in order, each between spaces; fields and updates apart by “|”.")

    class Meta:
        verbose_name_plural = "words of reviews"

    def __str__(self) -> str:
        return f"Words of review {self.review_id}"
