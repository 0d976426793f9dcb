"""Mail as it goes out and comes in: what a member wants, what was sent, what came back, what was answered."""

from datetime import datetime

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from community.notifications.models.notification import Notification
from community.threads.models import Post, Thread


class MailPreference(models.Model):
    """Which notifications also come by mail. No row: all of them. A moderator's decision always comes.

    While `stopped_at` is set nothing is sent at all, but for what somebody asks for themselves (codes to sign in).
    """

    class Stop(models.TextChoices):
        BOUNCES = "bounces", "Mail to this address came back"
        COMPLAINT = "complaint", "Our mail was reported as spam"

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
        Notification.Kind.DUPLICATE: "answers",
        Notification.Kind.NOTE: "desk",
        Notification.Kind.ASSIGNED: "desk",
        Notification.Kind.CLOCK: "desk",
        Notification.Kind.MESSAGE: "company",
        Notification.Kind.DESK: "desk",
    }

    member = models.OneToOneField(
        settings.AUTH_USER_MODEL, models.CASCADE, primary_key=True, related_name="mail_preference"
    )
    answers = models.BooleanField("answers and comments on what you follow", default=True)
    accepted = models.BooleanField("your answer was accepted", default=True)
    company = models.BooleanField("the company replied to you", default=True)
    mentions = models.BooleanField("somebody mentioned you", default=True)
    desk = models.BooleanField(
        "a colleague mentioned you in a note or gave you a conversation, or the desk needs you", default=True
    )

    stopped_at = models.DateTimeField(null=True, blank=True, help_text="Since when nothing is sent: mail came back.")
    stopped_because = models.CharField(max_length=10, choices=Stop, blank=True)
    resumed_at = models.DateTimeField(null=True, blank=True, help_text="Mail that came back before counts no more.")
    digest_at = models.DateTimeField(null=True, blank=True, help_text="When the last digest was sent, or had no news.")

    def __str__(self) -> str:
        return f"Mail preferences of {self.member_id}"

    def wants(self, kind: str) -> bool:
        field = self.FIELD_OF.get(Notification.Kind(kind))
        return field is None or getattr(self, field)


class SentMail(models.Model):
    """One letter that left. Kept for 90 days: for the most a day, and to know whose it was when it comes back."""

    member = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, null=True, blank=True, related_name="sent_mail"
    )
    address = models.EmailField(blank=True, help_text="Of somebody without an account, in lower case.")
    thread = models.ForeignKey(Thread, models.SET_NULL, null=True, blank=True, related_name="+")
    subject = models.CharField(max_length=200)
    message_id = models.CharField(max_length=200, unique=True, help_text="Without its angle brackets.")
    sent_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["-sent_at"]
        verbose_name_plural = "sent mail"
        indexes = [
            models.Index(fields=["member", "-sent_at"], name="sent_mail_of_member"),
            models.Index(fields=["sent_at"], name="sent_mail_oldest"),
            models.Index(fields=["address", "-sent_at"], condition=Q(member=None), name="sent_mail_of_address"),
        ]

    def __str__(self) -> str:
        return f"{self.subject} to {self.member_id or self.address}"


class MailTroubleQuerySet(models.QuerySet["MailTrouble"]):
    def since(self, then: datetime) -> "MailTroubleQuerySet":
        return self.filter(at__gt=then)


class MailTrouble(models.Model):
    """A letter that came back, or was reported as spam, as the mail service told. Kept for 90 days."""

    class Kind(models.TextChoices):
        SOFT = "soft", "Came back, may arrive later"
        HARD = "hard", "Came back for good"
        COMPLAINT = "complaint", "Reported as spam"

    member = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, null=True, blank=True, related_name="mail_troubles"
    )
    address = models.EmailField(blank=True, help_text="Of somebody without an account, in lower case.")
    kind = models.CharField(max_length=10, choices=Kind)
    event_id = models.CharField(
        max_length=200, unique=True, help_text="The mail service's own: told twice counts once."
    )
    detail = models.CharField(max_length=500, blank=True, help_text="What the other mail server said.")
    at = models.DateTimeField(default=timezone.now)

    objects = MailTroubleQuerySet.as_manager()

    class Meta:
        ordering = ["-at"]
        indexes = [
            models.Index(fields=["member", "-at"], name="mail_trouble_of_member"),
            models.Index(fields=["address", "-at"], condition=Q(member=None), name="mail_trouble_of_address"),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.member_id or self.address}"


class ReceivedMail(models.Model):
    """One letter that somebody sent us, and what became of it. Its text is not kept. Kept for 90 days."""

    class Outcome(models.TextChoices):
        POSTED = "posted", "Posted"
        REFUSED = "refused", "Refused, and the sender told why"
        IGNORED = "ignored", "Ignored"

    message_id = models.CharField(max_length=255, unique=True, help_text="Delivered twice counts once.")
    member = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, null=True, blank=True, related_name="received_mail"
    )
    outcome = models.CharField(max_length=10, choices=Outcome)
    detail = models.CharField(max_length=300, blank=True)
    post = models.ForeignKey(Post, models.SET_NULL, null=True, blank=True, related_name="+")
    received_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["-received_at"]
        verbose_name_plural = "received mail"
        indexes = [models.Index(fields=["received_at"], name="received_mail_oldest")]

    def __str__(self) -> str:
        return f"{self.get_outcome_display()}: {self.message_id}"
