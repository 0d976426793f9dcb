"""What was searched for. Nobody's name, number or address stands beside it."""

from datetime import datetime
from typing import Any

from django.db import models
from django.db.models import Avg, Count, Max, Q
from django.db.models.functions import Round
from django.utils import timezone


class SearchEntryQuerySet(models.QuerySet["SearchEntry"]):
    def since(self, moment: datetime) -> "SearchEntryQuerySet":
        """Whole searches: not those that looked at a part of the results."""
        return self.filter(created_at__gte=moment, is_narrowed=False)

    def by_text(self) -> models.QuerySet[Any, dict[str, Any]]:
        """One row for each text: how often, when last, `found` at best, how often one was opened and where it stood."""
        return (
            self.order_by()
            .values("text")
            .annotate(
                times=Count("pk"),
                last=Max("created_at"),
                found=Max("results"),
                opened=Count("clicked_rank"),
                rank=Round(Avg("clicked_rank"), 1),
                empty=Count("pk", filter=Q(results=0)),
            )
        )


class SearchEntry(models.Model):
    """One search by a person, kept for 365 days: to learn what is missing here, and what is found too late."""

    text = models.CharField(max_length=300, help_text="In small letters; addresses and long numbers left out.")
    results = models.PositiveIntegerField()
    is_narrowed = models.BooleanField(default=False, help_text="Looked at a part of the results only.")
    clicked_rank = models.PositiveSmallIntegerField(null=True, blank=True, help_text="Place of the first one opened.")
    created_at = models.DateTimeField(default=timezone.now)

    objects = SearchEntryQuerySet.as_manager()

    class Meta:
        ordering = ["-created_at", "-pk"]
        indexes = [models.Index(fields=["created_at", "text"], name="search_by_day")]
        verbose_name = "search"
        verbose_name_plural = "searches"

    def __str__(self) -> str:
        return self.text
