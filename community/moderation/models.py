"""Flag: a reader's report of a post. Decision: what a moderator did about it, as an append-only log."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from community.members.models import AppendOnly
from community.threads.models import Post, Status


class FlagQuerySet(models.QuerySet["Flag"]):
    def waiting(self) -> "FlagQuerySet":
        return self.filter(settled_at=None)

    def accusations(self) -> "FlagQuerySet":
        """Reports that something is wrong with the post; a call for the company is none."""
        return self.exclude(reason=Flag.Reason.NEEDS_STAFF)


class Flag(models.Model):
    class Reason(models.TextChoices):
        SPAM = "spam", "Spam or advertising"
        OFF_TOPIC = "off_topic", "Off topic"
        ABUSE = "abuse", "Abusive or insulting"
        PERSONAL_DATA = "personal_data", "Shows personal data"
        WRONG_PRODUCT = "wrong_product", "About another product"
        NOT_GENUINE = "not_genuine", "Not a genuine experience"
        NEEDS_STAFF = "needs_staff", "Needs the company"
        OTHER = "other", "Something else"

    post = models.ForeignKey(Post, models.CASCADE, related_name="flags")
    member = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="flags")
    reason = models.CharField(max_length=15, choices=Reason)
    note = models.CharField(max_length=500, blank=True)
    weight = models.PositiveSmallIntegerField(default=1, help_text="1 plus trust plus past accuracy.")
    created_at = models.DateTimeField(auto_now_add=True)
    settled_at = models.DateTimeField(null=True, blank=True)
    was_upheld = models.BooleanField(null=True, blank=True, help_text="Did a moderator agree?")

    objects = FlagQuerySet.as_manager()

    class Meta:
        ordering = ["-created_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["post", "member"], condition=Q(settled_at=None), name="one_waiting_flag_per_member_and_post"
            ),
            models.CheckConstraint(
                condition=Q(settled_at=None, was_upheld=None) | Q(settled_at__isnull=False, was_upheld__isnull=False),
                name="a_settled_flag_says_how",
            ),
        ]
        indexes = [
            models.Index(fields=["post"], condition=Q(settled_at=None), name="flag_waiting"),
            models.Index(fields=["member", "-created_at"], name="flag_by_member"),
        ]

    def __str__(self) -> str:
        return f"{self.get_reason_display()}: post {self.post_id}"


class Decision(AppendOnly):
    """One line of the log. What was decided is reversed by a later line, never by changing one."""

    class Action(models.TextChoices):
        PUBLISH = "publish", "Published"
        KEEP = "keep", "Kept, flags dismissed"
        HIDE = "hide", "Hidden by flags"
        REMOVE = "remove", "Removed"
        RESTORE = "restore", "Restored"

    class Reason(models.TextChoices):
        """The fixed reasons, applied alike to every kind of post and every star."""

        NONE = "", "No objection"
        CONFIDENTIAL = "confidential", "Confidential information"
        PERSONAL_DATA = "personal_data", "Personal data of somebody else"
        ABUSIVE = "abusive", "Defamatory, harassing, obscene or discriminatory"
        ADVERTISING = "advertising", "Advertising or another business"
        OFF_TOPIC = "off_topic", "Not about the product or subject"
        FAKE = "fake", "Believed to be fake"
        ILLEGAL = "illegal", "Illegal"

    post = models.ForeignKey(Post, models.CASCADE, related_name="decisions")
    moderator = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", help_text="Empty: the flags' weight."
    )
    action = models.CharField(max_length=10, choices=Action)
    reason = models.CharField(max_length=15, choices=Reason, default=Reason.NONE, blank=True)
    note = models.CharField(max_length=500, blank=True, help_text="For other moderators.")
    status_before = models.CharField(max_length=10, choices=Status)
    body = models.TextField(help_text="The text decided on.")
    facts = models.JSONField(default=dict, help_text="What else stood then, for example a review's stars.")
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-created_at"]
        constraints = [
            models.CheckConstraint(condition=~Q(action="remove") | ~Q(reason=""), name="a_removal_names_its_reason")
        ]

    def __str__(self) -> str:
        return f"{self.get_action_display()}: post {self.post_id}"
