"""When somebody is there, how soon we want to reply, and what the clock said."""

from datetime import time

from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from community.members.models import AppendOnly
from community.products.models import Product
from community.threads.models import Category
from staff.models.conversation import Conversation, ConversationType


class Weekday(models.IntegerChoices):
    MONDAY = 0, "Monday"
    TUESDAY = 1, "Tuesday"
    WEDNESDAY = 2, "Wednesday"
    THURSDAY = 3, "Thursday"
    FRIDAY = 4, "Friday"
    SATURDAY = 5, "Saturday"
    SUNDAY = 6, "Sunday"


class OpenRange(models.Model):
    """One stretch of a weekday in which the desk is staffed, in the desk's time zone. A day may have several."""

    weekday = models.PositiveSmallIntegerField(choices=Weekday)
    opens_at = models.TimeField(default=time(9))
    closes_at = models.TimeField(default=time(17), help_text="00:00 stands for midnight at the end of the day.")

    class Meta:
        ordering = ["weekday", "opens_at"]
        constraints = [
            models.UniqueConstraint(fields=["weekday", "opens_at"], name="one_range_opens_at_a_time"),
            models.CheckConstraint(
                condition=Q(opens_at__lt=F("closes_at")) | Q(closes_at=time(0)), name="a_range_opens_before_it_closes"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_weekday_display()} {self.opens_at:%H:%M}-{self.closes_at:%H:%M}"


class Holiday(models.Model):
    """A day on which nobody is there."""

    day = models.DateField(unique=True)
    name = models.CharField(max_length=100, blank=True)
    uid = models.CharField(max_length=255, blank=True, editable=False, help_text="Of the calendar's event.")

    class Meta:
        ordering = ["day"]

    def __str__(self) -> str:
        return f"{self.day}: {self.name}"


class SlaPolicy(models.Model):
    """Targets in business minutes. Policies are ordered and the first that matches wins; empty means any."""

    name = models.CharField(max_length=80, unique=True)
    position = models.PositiveSmallIntegerField(default=0, help_text="Lower numbers are asked first.")
    is_on = models.BooleanField("in use", default=True)
    product = models.ForeignKey(Product, models.CASCADE, null=True, blank=True, related_name="+")
    category = models.ForeignKey(Category, models.CASCADE, null=True, blank=True, related_name="+")
    type = models.CharField(max_length=15, choices=ConversationType, blank=True)
    least_priority = models.PositiveSmallIntegerField(default=0, help_text="Only from this priority on.")
    first_reply_minutes = models.PositiveIntegerField(default=480, validators=[MinValueValidator(1)])
    next_reply_minutes = models.PositiveIntegerField(default=480, validators=[MinValueValidator(1)])

    class Meta:
        ordering = ["position", "pk"]
        verbose_name = "SLA policy"
        verbose_name_plural = "SLA policies"

    def __str__(self) -> str:
        return self.name


class SlaEvent(AppendOnly):
    """What a clock said, once for each conversation, target, message and kind."""

    class Target(models.TextChoices):
        FIRST = "first", "First reply"
        NEXT = "next", "Next reply"

    class Kind(models.TextChoices):
        STARTED = "started", "Started"
        WARNED = "warned", "Three quarters gone"
        LAST_CALL = "last_call", "15 minutes left"
        BREACHED = "breached", "Missed"
        MET = "met", "Met"

    conversation = models.ForeignKey(Conversation, models.CASCADE, related_name="sla_events")
    target = models.CharField(max_length=5, choices=Target)
    kind = models.CharField(max_length=10, choices=Kind)
    waiting_since = models.DateTimeField(help_text="The message that waits, by its time.")
    due_at = models.DateTimeField()
    policy = models.CharField(max_length=80, blank=True, help_text="The policy's name as it was.")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["conversation", "target", "waiting_since", "kind"], name="a_clock_says_a_thing_once"
            )
        ]
        indexes = [models.Index(fields=["kind", "at"], name="sla_event_by_kind")]

    def __str__(self) -> str:
        return f"{self.get_target_display()}: {self.get_kind_display()}"
