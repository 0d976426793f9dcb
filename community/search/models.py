"""What was searched for. Nobody's name, number or address stands beside it."""

from django.db import models
from django.utils import timezone


class SearchEntry(models.Model):
    """One search by a person, kept for 365 days: to learn what is missing here, and what is found too late."""

    text = models.CharField(max_length=300, help_text="In small letters; addresses and long numbers left out.")
    results = models.PositiveIntegerField()
    is_narrowed = models.BooleanField(default=False, help_text="Looked at a part of the results only.")
    clicked_rank = models.PositiveSmallIntegerField(null=True, blank=True, help_text="Place of the first one opened.")
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["-created_at", "-pk"]
        indexes = [models.Index(fields=["created_at", "text"], name="search_by_day")]
        verbose_name = "search"
        verbose_name_plural = "searches"

    def __str__(self) -> str:
        return self.text
