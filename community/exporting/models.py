"""The secret address at which Google fetches the product review feed."""

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils import timezone


class FeedAddress(models.Model):
    """One row at most. Renewed, it has another token, and the old address leads nowhere."""

    token = models.CharField(max_length=40, unique=True)
    made_at = models.DateTimeField(default=timezone.now)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")

    class Meta:
        verbose_name_plural = "feed addresses"

    def __str__(self) -> str:
        return f"Address of {self.made_at:%Y-%m-%d}"

    def get_absolute_url(self) -> str:
        return reverse("google_reviews", args=[self.token])
