"""What finds copies and crowds: fingerprints of texts, hashed addresses, and the signals that came of them."""

from django.conf import settings
from django.db import models
from django.utils import timezone

from reviews.models.review import Review


class Fingerprint(models.Model):
    """Of a review's text: `exact` is the same for the same words, whatever case and punctuation they have."""

    review = models.OneToOneField(Review, models.CASCADE, primary_key=True, related_name="fingerprint")
    version = models.PositiveIntegerField(help_text="Of the text that it was made of.")
    exact = models.CharField(max_length=64, blank=True, db_index=True, help_text="Empty: too short to compare.")
    looked_at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return f"Fingerprint of review {self.review_id}"


class TextBand(models.Model):
    """A part of a text's MinHash. Two texts that share a band may be alike, and are compared."""

    review = models.ForeignKey(Review, models.CASCADE, related_name="text_bands")
    band = models.BigIntegerField(db_index=True)

    def __str__(self) -> str:
        return f"Band of review {self.review_id}"


class SentFrom(models.Model):
    """From which network address a review was sent in: a keyed hash, which a task deletes after 90 days."""

    review = models.OneToOneField(Review, models.CASCADE, primary_key=True, related_name="sent_from")
    digest = models.CharField(max_length=64, db_index=True)
    at = models.DateTimeField(default=timezone.now, db_index=True)

    def __str__(self) -> str:
        return f"Hashed address of review {self.review_id}"


class Signal(models.Model):
    """One ground to look at a review. `others`: the reviews that show it, by number."""

    class Kind(models.TextChoices):
        SAME_TEXT = "same_text", "The same text stands elsewhere"
        NEAR_TEXT = "near_text", "Nearly the same text stands elsewhere"
        SAME_ADDRESS = "same_addr", "Several accounts, one network address"
        NEW_ACCOUNTS = "new_accs", "Many new accounts at once"
        STAR_RUN = "star_run", "A sudden run of one number of stars"
        UNNAMED_REWARD = "reward", "Tells of a reward that no campaign names"

    review = models.ForeignKey(Review, models.CASCADE, related_name="signals")
    kind = models.CharField(max_length=10, choices=Kind)
    words = models.CharField(max_length=200, help_text="What was found, in a sentence.")
    others = models.JSONField(default=list, blank=True)
    found_at = models.DateTimeField(default=timezone.now)
    settled_at = models.DateTimeField(null=True, blank=True)
    settled_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")

    class Meta:
        ordering = ["-found_at", "-pk"]
        constraints = [models.UniqueConstraint(fields=["review", "kind"], name="one_signal_of_a_kind")]
        indexes = [models.Index(fields=["-found_at"], condition=models.Q(settled_at=None), name="signal_waiting")]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: review {self.review_id}"
