"""Draft: what a member was writing, kept by the server until it is posted or 180 days old."""

from django.conf import settings
from django.db import models


class Draft(models.Model):
    member = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="drafts")
    place = models.CharField(
        max_length=60, help_text="Which form it belongs to, for example “question” or “answer:12”."
    )
    fields = models.JSONField(default=dict, help_text="Form field names and their text.")
    updated_at = models.DateTimeField(auto_now=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["member", "place"], name="one_draft_per_member_and_place")]
        indexes = [models.Index(fields=["updated_at"], name="draft_by_age")]

    def __str__(self) -> str:
        return f"Draft of {self.member_id} for {self.place}"
