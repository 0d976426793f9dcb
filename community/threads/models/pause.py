"""Pause: what the software does by itself stops at once, for the whole site or a part of it."""

from datetime import datetime

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from community.threads.models.category import Category
from community.threads.models.thread import Thread


class PauseQuerySet(models.QuerySet["Pause"]):
    def standing(self, now: datetime) -> "PauseQuerySet":
        return self.filter(Q(until=None) | Q(until__gt=now), lifted_at=None)


class Pause(models.Model):
    """Without category, thread and customer it holds for the whole site."""

    category = models.ForeignKey(Category, models.CASCADE, null=True, blank=True, related_name="pauses")
    thread = models.ForeignKey(Thread, models.CASCADE, null=True, blank=True, related_name="pauses")
    customer = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, null=True, blank=True, related_name="pauses")
    because = models.CharField(max_length=200)
    paused_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", help_text="Empty: a rule."
    )
    paused_at = models.DateTimeField(default=timezone.now)
    until = models.DateTimeField(null=True, blank=True, help_text="Empty: until somebody lifts it.")
    lifted_at = models.DateTimeField(null=True, blank=True)
    lifted_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")

    objects = PauseQuerySet.as_manager()

    class Meta:
        ordering = ["-paused_at"]
        indexes = [models.Index(fields=["thread"], condition=Q(lifted_at=None), name="pause_standing")]

    def __str__(self) -> str:
        return self.because
