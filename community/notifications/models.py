"""Subscription: who wants to hear of what, and how much. Notification: one thing to tell one person, in the page and
by mail. MailPreference: what may come by mail."""

from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from community.products.models import Product
from community.threads.models import Category, Post, Status, Tag, Thread

TARGETS = ("thread", "product", "tag", "category", "person")


class Level(models.IntegerChoices):
    """How much somebody wants to hear of something. A higher one brings all that a lower one does."""

    MUTED = 0, "Muted"
    NORMAL = 1, "Not following"
    TRACKING = 2, "Bell only"
    WATCHING = 3, "Bell and mail"
    EVERYTHING = 4, "Every post"


def _one_target() -> Q:
    """Exactly one of TARGETS is set."""
    one = Q()
    for chosen in TARGETS:
        one |= Q(**{f"{target}__isnull": target != chosen for target in TARGETS})
    return one


class SubscriptionQuerySet(models.QuerySet["Subscription"]):
    def following(self) -> "SubscriptionQuerySet":
        return self.filter(level__gte=Level.TRACKING)

    def muted(self) -> "SubscriptionQuerySet":
        return self.filter(level=Level.MUTED)

    def shown_to(self, member: Any) -> "SubscriptionQuerySet":
        """One's own, without threads that one can't open any more and people who have gone."""
        of_thread = Q(thread=None) | Q(thread__in=Thread.objects.visible_to(member))
        of_person = Q(person=None) | Q(person__is_active=True, person__erased_at=None)
        return self.filter(of_thread, of_person, member=member).exclude(level=Level.NORMAL)

    def with_list_data(self) -> "SubscriptionQuerySet":
        return self.select_related("thread__product", *TARGETS[1:])


class Subscription(models.Model):
    """`NORMAL` and `MUTED` remember a person's “no”, so that answering again does not subscribe them again."""

    member = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="subscriptions")
    thread = models.ForeignKey(Thread, models.CASCADE, null=True, blank=True, related_name="subscriptions")
    product = models.ForeignKey(Product, models.CASCADE, null=True, blank=True, related_name="subscriptions")
    tag = models.ForeignKey(Tag, models.CASCADE, null=True, blank=True, related_name="subscriptions")
    category = models.ForeignKey(Category, models.CASCADE, null=True, blank=True, related_name="subscriptions")
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, null=True, blank=True, related_name="followed_by"
    )
    level = models.PositiveSmallIntegerField(choices=Level, default=Level.WATCHING)
    created_at = models.DateTimeField(auto_now_add=True)

    objects = SubscriptionQuerySet.as_manager()

    class Meta:
        constraints = [
            *(
                models.UniqueConstraint(fields=["member", target], name=f"one_subscription_per_{target}")
                for target in TARGETS
            ),
            models.CheckConstraint(condition=_one_target(), name="a_subscription_has_one_target"),
            models.CheckConstraint(
                condition=Q(person=None) | ~Q(person=models.F("member")), name="nobody_follows_themselves"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.member_id}: {self.get_level_display()}, {self.target}"

    @property
    def kind(self) -> str:
        """Which of TARGETS it is."""
        return next(target for target in TARGETS if getattr(self, f"{target}_id"))

    @property
    def target(self) -> Thread | Product | Tag | Category | Any:
        return getattr(self, self.kind)


class NotificationQuerySet(models.QuerySet["Notification"]):
    def shown_to(self, member: Any) -> "NotificationQuerySet":
        """One's own, about what one may still read: what was withdrawn or hidden since is told to nobody else."""
        is_public = Q(post__status=Status.PUBLISHED, post__thread__status=Status.PUBLISHED)
        readable = self.filter(member=member, post__in=Post.objects.visible_to(member))
        return readable.filter(is_public | Q(post__author=member))

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

    member = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="notifications")
    kind = models.CharField(max_length=10, choices=Kind)
    post = models.ForeignKey(Post, models.CASCADE, related_name="notifications")
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


class MailPreference(models.Model):
    """Which notifications also come by mail. No row: all of them. A moderator's decision always comes."""

    FIELD_OF = {
        Notification.Kind.QUESTION: "answers",
        Notification.Kind.ANSWER: "answers",
        Notification.Kind.COMMENT: "answers",
        Notification.Kind.ACCEPTED: "accepted",
        Notification.Kind.COMPANY: "company",
        Notification.Kind.MENTION: "mentions",
        Notification.Kind.FOLLOWED: "answers",
        Notification.Kind.NEEDS_INFO: "answers",
        Notification.Kind.NUDGE: "answers",
    }

    member = models.OneToOneField(
        settings.AUTH_USER_MODEL, models.CASCADE, primary_key=True, related_name="mail_preference"
    )
    answers = models.BooleanField("answers and comments on what you follow", default=True)
    accepted = models.BooleanField("your answer was accepted", default=True)
    company = models.BooleanField("the company replied to you", default=True)
    mentions = models.BooleanField("somebody mentioned you", default=True)

    def __str__(self) -> str:
        return f"Mail preferences of {self.member_id}"

    def wants(self, kind: str) -> bool:
        field = self.FIELD_OF.get(Notification.Kind(kind))
        return field is None or getattr(self, field)
