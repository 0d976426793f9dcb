"""HelpQuestion: “Did this help you?”, put to the asker once for each thread."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from community.threads.models import Post, Thread


class HelpQuestion(models.Model):
    class Answer(models.TextChoices):
        YES = "yes", "Yes, it helped"
        PARTLY = "partly", "Partly"
        NO = "no", "No"

    thread = models.OneToOneField(Thread, models.CASCADE, related_name="help_question")
    member = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="help_questions")
    post = models.ForeignKey(
        Post, models.SET_NULL, null=True, blank=True, related_name="+", help_text="The reply that is asked about."
    )
    message = models.ForeignKey(
        "staff.Message", models.SET_NULL, null=True, blank=True, related_name="+", help_text="Or what we wrote alone."
    )
    mail_due_at = models.DateTimeField(null=True, blank=True, help_text="Empty: its letter has left, or none may.")
    asked_at = models.DateTimeField(default=timezone.now)
    answer = models.CharField(max_length=6, choices=Answer, blank=True)
    words = models.CharField(max_length=500, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-asked_at"]
        indexes = [
            models.Index(fields=["member", "-asked_at"], name="help_question_of_member"),
            models.Index(fields=["mail_due_at"], condition=Q(mail_due_at__isnull=False), name="help_question_due"),
        ]

    def __str__(self) -> str:
        return f"To {self.member_id} about thread {self.thread_id}"
