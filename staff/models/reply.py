"""Reply: a company post as the desk sees it. HelpfulLink: the one link in it. Outcome: what a post brought about."""

from django.conf import settings
from django.core.validators import URLValidator
from django.db import models
from django.db.models import Q
from django.utils import timezone

from community.threads.models import Post
from staff.models.conversation import Conversation, ConversationType


class Reply(models.Model):
    post = models.OneToOneField(Post, models.CASCADE, primary_key=True, related_name="reply")
    conversation = models.ForeignKey(Conversation, models.CASCADE, related_name="replies")
    type = models.CharField(max_length=15, choices=ConversationType, blank=True)
    is_holding = models.BooleanField(default=False, help_text="“We are looking into it”: leaves the customer waiting.")
    waited_since = models.DateTimeField(null=True, blank=True, help_text="Since when the customer had waited.")
    stars_then = models.PositiveSmallIntegerField(
        null=True, blank=True, help_text="The review's stars when we replied."
    )

    class Meta:
        verbose_name_plural = "replies"

    def __str__(self) -> str:
        return f"{self.get_type_display() or 'Untyped'} reply {self.post_id}"


class HelpfulLink(models.Model):
    """One link for one need, served by /go/<token>/ to the stored address only."""

    post = models.OneToOneField(Post, models.CASCADE, null=True, blank=True, related_name="helpful_link")
    message = models.OneToOneField("staff.Message", models.CASCADE, null=True, blank=True, related_name="helpful_link")
    company_link = models.ForeignKey(
        "staff.CompanyLink",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="uses",
        help_text="Taken from the company's list.",
    )
    url = models.URLField(max_length=500, validators=[URLValidator(schemes=["http", "https"])])
    need = models.CharField(max_length=120, help_text="What the customer needs, for example “how to wash wool”.")
    token = models.CharField(max_length=32, unique=True, editable=False)
    helped_at = models.DateTimeField(null=True, blank=True, help_text="The third step: the asker said “this helped”.")
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(post__isnull=False, message=None) | Q(post=None, message__isnull=False),
                name="a_link_stands_in_one_reply",
            )
        ]

    def __str__(self) -> str:
        return f"{self.need}: {self.url}"


class LinkOpening(models.Model):
    """A person opened the link; one row per person in 24 hours. Staff, HEAD, prefetch and bots leave none."""

    link = models.ForeignKey(HelpfulLink, models.CASCADE, related_name="openings")
    member = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")
    visitor = models.CharField(max_length=64, help_text="Member number, or a keyed hash that changes daily.")
    is_asker = models.BooleanField(default=False)
    opened_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["-opened_at"]
        indexes = [models.Index(fields=["link", "visitor", "-opened_at"], name="opening_by_visitor")]

    def __str__(self) -> str:
        return f"Opening of link {self.link_id}"


class Effect(models.TextChoices):
    STRENGTHENED = "strengthened", "Strengthened"
    NO_CHANGE = "no_change", "No change"
    WEAKENED = "weakened", "Weakened"
    UNKNOWN = "unknown", "Unknown yet"


class Evidence(models.TextChoices):
    """How we know. Staff judgement and customer evidence are reported side by side, never added up."""

    CUSTOMER_SAID = "customer_said", "The customer said so"
    ACCEPTED = "accepted", "Accepted as the answer"
    HELPFUL_VOTE = "helpful_vote", "The customer voted on it"
    LINK_OPENED = "link_opened", "The customer opened the link"
    RATING_RAISED = "rating_raised", "The customer raised the rating"
    CAME_BACK = "came_back", "The customer came back"
    THANKED = "thanked", "The customer thanked in words"
    STAFF_JUDGEMENT = "staff_judgement", "Staff judgement"


class OutcomeQuerySet(models.QuerySet["Outcome"]):
    def standing(self) -> "OutcomeQuerySet":
        return self.filter(withdrawn_at=None)

    def customer_evidence(self) -> "OutcomeQuerySet":
        return self.exclude(evidence=Evidence.STAFF_JUDGEMENT)

    def staff_judgement(self) -> "OutcomeQuerySet":
        return self.filter(evidence=Evidence.STAFF_JUDGEMENT)


class Outcome(models.Model):
    """What one reply, a customer's answer included, did to the relationship. No row: unknown, and shown as unknown."""

    post = models.ForeignKey(Post, models.CASCADE, null=True, blank=True, related_name="outcomes")
    message = models.ForeignKey("staff.Message", models.CASCADE, null=True, blank=True, related_name="outcomes")
    effect = models.CharField(max_length=15, choices=Effect)
    evidence = models.CharField(max_length=20, choices=Evidence)
    evidence_post = models.ForeignKey(
        Post, models.SET_NULL, null=True, blank=True, related_name="+", help_text="Where the customer said it."
    )
    words = models.CharField(max_length=300, blank=True)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", help_text="Empty: a signal."
    )
    recorded_at = models.DateTimeField(default=timezone.now)
    withdrawn_at = models.DateTimeField(null=True, blank=True, help_text="For example un-accepted.")

    objects = OutcomeQuerySet.as_manager()

    class Meta:
        ordering = ["-recorded_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["post", "evidence"], condition=Q(withdrawn_at=None), name="one_standing_outcome_per_evidence"
            ),
            models.UniqueConstraint(
                fields=["message", "evidence"],
                condition=Q(withdrawn_at=None),
                name="one_standing_outcome_per_evidence_of_a_message",
            ),
            models.CheckConstraint(
                condition=Q(post__isnull=False, message=None) | Q(post=None, message__isnull=False),
                name="an_outcome_is_of_one_reply",
            ),
            models.CheckConstraint(
                condition=~Q(evidence="staff_judgement") | Q(recorded_by__isnull=False), name="a_judgement_has_a_judge"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_effect_display()} ({self.get_evidence_display()})"
