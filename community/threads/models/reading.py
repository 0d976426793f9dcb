"""ThreadRead: how far a member has read a thread. ReadingDay: what they read on one day, which earns trust."""

from django.conf import settings
from django.db import models
from django.utils import timezone

from community.threads.models.thread import Thread


class ThreadRead(models.Model):
    """`read_until` is when the newest post was made that they have seen."""

    member = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="threads_read")
    thread = models.ForeignKey(Thread, models.CASCADE, related_name="readers")
    read_until = models.DateTimeField()
    posts_read = models.PositiveIntegerField(default=0)
    last_read_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["member", "thread"], name="one_mark_per_member_and_thread")]
        indexes = [models.Index(fields=["member", "-last_read_at"], name="thread_read_last")]

    def __str__(self) -> str:
        return f"{self.member_id} has read thread {self.thread_id} until {self.read_until}"


class ReadingDay(models.Model):
    member = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="reading_days")
    day = models.DateField()
    threads_read = models.PositiveIntegerField(default=0, help_text="Opened for the first time.")
    posts_read = models.PositiveIntegerField(default=0, help_text="Seen for the first time.")
    seconds = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["member", "day"], name="one_reading_day")]

    def __str__(self) -> str:
        return f"{self.member_id} on {self.day}"
