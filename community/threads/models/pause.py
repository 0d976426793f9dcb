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

    def by_hand(self) -> "PauseQuerySet":
        """Those that a person set on purpose, not those that a company reply brings."""
        return self.filter(is_after_reply=False)

    def of_site(self) -> "PauseQuerySet":
        return self.filter(category=None, thread=None, customer=None)

    def same_place(self, pause: "Pause") -> "PauseQuerySet":
        """Of the same site, category, thread or customer, and set in the same way."""
        place = {"category": pause.category_id, "thread": pause.thread_id, "customer": pause.customer_id}
        return self.filter(**place, is_after_reply=pause.is_after_reply)


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
    is_after_reply = models.BooleanField(
        default=False, help_text="A company reply brought it: it holds rules back from this thread, and no letters."
    )
    lifted_at = models.DateTimeField(null=True, blank=True)
    lifted_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")

    objects = PauseQuerySet.as_manager()

    class Meta:
        ordering = ["-paused_at"]
        constraints = [
            models.CheckConstraint(
                condition=Q(category=None, thread=None)
                | Q(category=None, customer=None)
                | Q(thread=None, customer=None),
                name="a_pause_is_of_one_thing",
            ),
            models.CheckConstraint(
                condition=Q(is_after_reply=False) | Q(thread__isnull=False), name="a_reply_pauses_its_thread"
            ),
        ]
        indexes = [models.Index(fields=["thread"], condition=Q(lifted_at=None), name="pause_standing")]

    def __str__(self) -> str:
        return self.because

    @property
    def is_of_site(self) -> bool:
        return not (self.category_id or self.thread_id or self.customer_id)

    @property
    def of_what(self) -> str:
        """In words, as the middle of a sentence."""
        if self.thread_id:
            return "this thread"
        if self.category_id:
            return f"the category {self.category}"
        return f"what goes to {self.customer}" if self.customer_id else "everything"
