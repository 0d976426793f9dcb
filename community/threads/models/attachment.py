"""Attachment: a picture somebody added. Stored re-encoded in three sizes, never as uploaded."""

from django.conf import settings
from django.db import models
from django.utils import timezone

from community.threads.models.post import Post


class Attachment(models.Model):
    """`large`, `medium` and `small` are WebP, at most 1280, 640 and 160 pixels wide."""

    uploader = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="attachments")
    post = models.ForeignKey(
        Post, models.CASCADE, null=True, blank=True, related_name="attachments", help_text="Empty until it is posted."
    )
    large = models.ImageField(upload_to="photos/%Y/%m/", editable=False)
    medium = models.ImageField(upload_to="photos/%Y/%m/", editable=False)
    small = models.ImageField(upload_to="photos/%Y/%m/", editable=False)
    width = models.PositiveIntegerField(editable=False, help_text="Of the large picture, in pixels.")
    height = models.PositiveIntegerField(editable=False)
    alt = models.CharField("description", max_length=200, blank=True, help_text="Said to people who can't see it.")
    position = models.PositiveSmallIntegerField(default=0)
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["position", "pk"]
        indexes = [models.Index(fields=["created_at"], condition=models.Q(post=None), name="attachment_not_yet_posted")]

    def __str__(self) -> str:
        return self.alt or f"Photo {self.pk}"
