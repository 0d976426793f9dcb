"""Bookmark: a post that a member wants to find again."""

from django.conf import settings
from django.db import models
from django.utils import timezone

from community.threads.models.post import Post


class Bookmark(models.Model):
    """A thread is kept by its opening."""

    member = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="bookmarks")
    post = models.ForeignKey(Post, models.CASCADE, related_name="bookmarks")
    note = models.CharField(max_length=200, blank=True, help_text="Why: for its owner's eyes only.")
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["-created_at", "-pk"]
        constraints = [models.UniqueConstraint(fields=["member", "post"], name="one_bookmark_per_member_and_post")]

    def __str__(self) -> str:
        return f"{self.member_id} keeps post {self.post_id}"
