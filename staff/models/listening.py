"""The first conversation: where we listen (Source), and what people said there (Mention)."""

from urllib.parse import urlsplit

from django.conf import settings
from django.db import models
from django.utils import timezone

BY_HAND, BY_FILE = "By hand", "Uploaded files"
UNNAMED = (BY_HAND, BY_FILE)
"""The sources of what somebody brought without saying where it is from."""


class Source(models.Model):
    """A place that mentions come from."""

    class Kind(models.TextChoices):
        FEED = "feed", "RSS or Atom feed"
        WEBHOOK = "webhook", "Signed webhook"
        FILE = "file", "Uploaded file"
        HAND = "hand", "Pasted by hand"

    name = models.CharField(max_length=80, unique=True)
    kind = models.CharField(max_length=10, choices=Kind)
    url = models.URLField(max_length=500, blank=True)
    secret = models.CharField(max_length=64, blank=True, help_text="By which a webhook signs what it sends.")
    is_on = models.BooleanField("in use", default=True)
    etag = models.CharField(max_length=200, blank=True, editable=False)
    last_modified = models.CharField(max_length=80, blank=True, editable=False)
    polled_at = models.DateTimeField(null=True, blank=True, editable=False)
    failures = models.PositiveSmallIntegerField(default=0, editable=False, help_text="In a row; polls get rarer.")
    last_error = models.CharField(max_length=300, blank=True, editable=False)
    last_result = models.JSONField(
        default=dict, blank=True, editable=False, help_text="Of the last poll that worked: how many were what."
    )
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class Tone(models.IntegerChoices):
    NEGATIVE = -1, "Negative"
    NEUTRAL = 0, "Neutral"
    POSITIVE = 1, "Positive"


class Mention(models.Model):
    """One thing said about us elsewhere. Where it stands is told by its conversation."""

    source = models.ForeignKey(Source, models.PROTECT, related_name="mentions")
    external_id = models.CharField(max_length=255, help_text="The place's own name for it; else its address.")
    url = models.URLField(max_length=1000, blank=True)
    author = models.CharField(max_length=80, blank=True, help_text="Their handle there.")
    author_url = models.URLField(max_length=500, blank=True)
    title = models.CharField(max_length=200, blank=True)
    text = models.TextField(max_length=20_000)
    tone = models.SmallIntegerField(choices=Tone, default=Tone.NEUTRAL)
    keywords = models.JSONField(default=list, blank=True, help_text="What was found in it: [kind, words] each.")
    published_at = models.DateTimeField(null=True, blank=True)
    seen_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["-seen_at", "-pk"]
        constraints = [models.UniqueConstraint(fields=["source", "external_id"], name="one_mention_per_place_and_name")]
        indexes = [
            models.Index(fields=["-published_at"], name="mention_by_time"),
            models.Index(fields=["-seen_at", "-id"], name="mention_newest"),
        ]

    def __str__(self) -> str:
        return self.title or self.text[:60]

    @property
    def named_place(self) -> str:
        """Where it was said: the source's name, or the host of what was brought without naming its place."""
        host = urlsplit(self.url).hostname if self.source.name in UNNAMED else None
        return host.removeprefix("www.") if host else self.source.name
