"""RefusalLetter: that an author was written to about one decision, so that nobody hears of it twice."""

from django.db import models
from django.utils import timezone

from community.moderation.models import Decision


class RefusalLetter(models.Model):
    decision = models.OneToOneField(Decision, models.CASCADE, related_name="letter")
    claimed_at = models.DateTimeField(default=timezone.now, help_text="Since when a worker has it.")
    sent_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-pk"]

    def __str__(self) -> str:
        return f"Letter about decision {self.decision_id}"
