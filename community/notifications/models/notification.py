"""Notification: one thing to tell one person, in the page and by mail."""

from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from community.threads.models import Post, Status


class NotificationQuerySet(models.QuerySet["Notification"]):
    def shown_to(self, member: Any) -> "NotificationQuerySet":
        """One's own, about what one may still read: what was withdrawn or hidden since is told to nobody else.

        What colleagues told each other is shown to staff only, and no more to who is not staff now.
        """
        is_public = Q(post__status=Status.PUBLISHED, post__thread__status=Status.PUBLISHED)
        readable = Q(post__in=Post.objects.visible_to(member)) & (is_public | Q(post__author=member))
        elsewhere = Q(post=None)
        if not getattr(member, "is_desk_reader", False):
            elsewhere &= ~Q(kind__in=Notification.AMONG_STAFF)
        return self.filter(readable | elsewhere, member=member)

    def unread(self) -> "NotificationQuerySet":
        return self.filter(read_at=None)

    def awaiting_mail(self) -> "NotificationQuerySet":
        return self.filter(mail_due_at__isnull=False)

    def due(self, now: datetime) -> "NotificationQuerySet":
        return self.filter(mail_due_at__lte=now)

    def with_list_data(self) -> "NotificationQuerySet":
        """Everything that a row of the page and a letter show."""
        return self.select_related("actor", "post__thread__product", "post__parent")


class Notification(models.Model):
    """About a post; or, without one, about a page of ours: its `address`, the place in it, and what it is called."""

    class Kind(models.TextChoices):
        QUESTION = "question", "New question"
        ANSWER = "answer", "New answer"
        COMMENT = "comment", "New comment"
        COMPANY = "company", "The company replied"
        MENTION = "mention", "You were mentioned"
        ACCEPTED = "accepted", "Your answer was accepted"
        DECISION = "decision", "A moderator decided"
        FOLLOWED = "followed", "Somebody you follow wrote"
        NEEDS_INFO = "needs_info", "More information is needed"
        NUDGE = "nudge", "Does one of the answers help?"
        DUPLICATE = "duplicate", "Your question was linked to another"
        NOTE = "note", "A colleague mentioned you in a note"
        ASSIGNED = "assigned", "A colleague gave you a conversation"
        MESSAGE = "message", "The company wrote to you alone"
        CLOCK = "clock", "The time to reply runs out"
        DESK = "desk", "Something at the desk needs you"

    AMONG_STAFF = (Kind.NOTE, Kind.ASSIGNED, Kind.CLOCK, Kind.DESK)

    member = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="notifications")
    kind = models.CharField(max_length=10, choices=Kind)
    post = models.ForeignKey(Post, models.CASCADE, null=True, blank=True, related_name="notifications")
    address = models.CharField(max_length=200, blank=True, help_text="A page of ours, where it is about no post.")
    anchor = models.CharField(max_length=60, blank=True, help_text="The place in that page.")
    subject = models.CharField(max_length=200, blank=True, help_text="What that page is about.")
    actor = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, null=True, blank=True, related_name="+")
    created_at = models.DateTimeField(default=timezone.now)
    read_at = models.DateTimeField(null=True, blank=True)
    mail_due_at = models.DateTimeField(null=True, blank=True, help_text="Empty: not by mail, or already settled.")
    mailed_at = models.DateTimeField(null=True, blank=True, help_text="Those of one letter have the same time.")

    objects = NotificationQuerySet.as_manager()

    class Meta:
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["member", "kind", "post"], name="told_once"),
            models.UniqueConstraint(
                fields=["member", "kind", "address", "anchor"], condition=Q(post=None), name="told_once_of_a_page"
            ),
            models.CheckConstraint(
                condition=Q(post__isnull=False, address="") | Q(post=None) & ~Q(address=""),
                name="a_notification_is_about_a_post_or_a_page",
            ),
        ]
        indexes = [
            models.Index(fields=["member", "-created_at"], name="notification_newest"),
            models.Index(fields=["mail_due_at"], condition=Q(mail_due_at__isnull=False), name="notification_mail_due"),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} for {self.member_id}"

    @property
    def is_read(self) -> bool:
        return self.read_at is not None

    @property
    def title(self) -> str:
        if self.post:
            return self.post.thread.title
        return "The staff desk" if self.kind == self.Kind.DESK else self.subject

    @property
    def url(self) -> str:
        if self.post:
            return self.post.get_absolute_url()
        return f"{self.address}#{self.anchor}" if self.anchor else self.address
