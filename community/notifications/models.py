"""Subscription: who wants to hear of what. Notification: one thing to tell one person, in the page and by mail."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from community.products.models import Product
from community.threads.models import Post, Tag, Thread


class Subscription(models.Model):
    """`is_muted` remembers a person's “no”, so that answering again does not subscribe them again."""

    member = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="subscriptions")
    thread = models.ForeignKey(Thread, models.CASCADE, null=True, blank=True, related_name="subscriptions")
    product = models.ForeignKey(Product, models.CASCADE, null=True, blank=True, related_name="subscriptions")
    tag = models.ForeignKey(Tag, models.CASCADE, null=True, blank=True, related_name="subscriptions")
    is_muted = models.BooleanField(default=False)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["member", "thread"], name="one_subscription_per_thread"),
            models.UniqueConstraint(fields=["member", "product"], name="one_subscription_per_product"),
            models.UniqueConstraint(fields=["member", "tag"], name="one_subscription_per_tag"),
            models.CheckConstraint(
                condition=Q(thread__isnull=False, product=None, tag=None)
                | Q(thread=None, product__isnull=False, tag=None)
                | Q(thread=None, product=None, tag__isnull=False),
                name="a_subscription_has_one_target",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.member_id} {'mutes' if self.is_muted else 'follows'} {self.thread or self.product or self.tag}"


class Notification(models.Model):
    class Kind(models.TextChoices):
        QUESTION = "question", "New question"
        ANSWER = "answer", "New answer"
        COMMENT = "comment", "New comment"
        COMPANY = "company", "The company replied"
        MENTION = "mention", "You were mentioned"
        ACCEPTED = "accepted", "Your answer was accepted"
        DECISION = "decision", "A moderator decided"

    member = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="notifications")
    kind = models.CharField(max_length=10, choices=Kind)
    post = models.ForeignKey(Post, models.CASCADE, related_name="notifications")
    actor = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, null=True, blank=True, related_name="+")
    created_at = models.DateTimeField(default=timezone.now)
    read_at = models.DateTimeField(null=True, blank=True)
    mail_due_at = models.DateTimeField(null=True, blank=True, help_text="Empty: not by mail, or already settled.")
    mailed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["member", "kind", "post"], name="told_once"),
        ]
        indexes = [
            models.Index(fields=["member", "-created_at"], name="notification_newest"),
            models.Index(fields=["mail_due_at"], condition=Q(mail_due_at__isnull=False), name="notification_mail_due"),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} for {self.member_id}"


class MailPreference(models.Model):
    """Which notifications also come by mail. No row: all of them."""

    member = models.OneToOneField(
        settings.AUTH_USER_MODEL, models.CASCADE, primary_key=True, related_name="mail_preference"
    )
    answers = models.BooleanField("answers and comments on what you follow", default=True)
    accepted = models.BooleanField("your answer was accepted", default=True)
    company = models.BooleanField("the company replied to you", default=True)
    mentions = models.BooleanField("somebody mentioned you", default=True)

    def __str__(self) -> str:
        return f"Mail preferences of {self.member_id}"
