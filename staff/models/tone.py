"""ReviewTone: how a review's words sound, kept so that figures don't read ten thousand texts."""

from django.db import models

from reviews.models import Review
from staff.models.listening import Tone


class ReviewTone(models.Model):
    """Read from the text alone, never from the stars. `version` is that of the opening that was read."""

    review = models.OneToOneField(Review, models.CASCADE, primary_key=True, related_name="tone")
    tone = models.SmallIntegerField(choices=Tone)
    version = models.PositiveIntegerField()

    def __str__(self) -> str:
        return f"{self.get_tone_display()}: review {self.review_id}"
