"""ReviewRecord: the log that a regulator reads. One line for everything that ever happened to a review."""

from typing import Any, NoReturn

from django.conf import settings
from django.db import models
from django.utils import timezone

from community.members.models import AppendOnly
from community.moderation.models import Decision
from reviews.models.review import Review


class ReviewRecordQuerySet(models.QuerySet["ReviewRecord"]):
    """Only adds. The database refuses the rest as well (migration 0004), whoever asks it."""

    def update(self, **_: Any) -> NoReturn:
        raise TypeError("A line of the log of reviews is never changed. Add another.")

    def delete(self) -> NoReturn:
        raise TypeError("A line of the log of reviews is never deleted.")


class ReviewRecord(AppendOnly):
    """Written by reviews.recording alone. What was said stands in threads.Revision and ReviewVersion, by number."""

    class Kind(models.TextChoices):
        WRITTEN = "written", "Sent in"
        IMPORTED = "imported", "Imported"
        REVISED = "revised", "Changed by its author"
        UPDATED = "updated", "Update added by its author"
        PUBLISHED = "published", "Published"
        HELD = "held", "Held for a moderator"
        KEPT = "kept", "Reports dismissed"
        HIDDEN = "hidden", "Hidden by reports"
        REMOVED = "removed", "Refused or removed"
        WITHDRAWN = "withdrawn", "Deleted by its author"
        VERIFIED = "verified", "Purchase found"
        REFUNDED = "refunded", "Purchase given back; the label stays"
        UNVERIFIED = "unverified", "Order called off before it was sent; the label is taken off"
        LABELLED = "labelled", "Labelled"

    review = models.ForeignKey(Review, models.CASCADE, related_name="records")
    kind = models.CharField(max_length=10, choices=Kind)
    stars = models.PositiveSmallIntegerField(help_text="At that time.")
    version = models.PositiveIntegerField(help_text="Of the text, at that time.")
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", help_text="Empty: a rule."
    )
    reason = models.CharField(max_length=200, blank=True, help_text="One of the fixed reasons, or the rule's sentence.")
    evidence = models.JSONField(
        default=dict, blank=True, help_text="Purchase, campaign, import run and its file's hash: by number, no names."
    )
    decision = models.OneToOneField(
        Decision, models.RESTRICT, null=True, blank=True, related_name="record", help_text="Of moderation's own log."
    )
    at = models.DateTimeField(default=timezone.now)

    objects = ReviewRecordQuerySet.as_manager()

    class Meta:
        ordering = ["at", "pk"]
        indexes = [
            models.Index(fields=["review", "at"], name="record_of_review"),
            models.Index(fields=["kind", "at"], name="record_of_kind"),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} at {self.at:%Y-%m-%d %H:%M}"
