"""Member: a person with an account. Consent: what they allowed, as an append-only log."""

from typing import Any

from django.contrib.auth.models import AbstractUser
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models.functions import Lower
from django.urls import reverse

from community.members.names import USERNAME_VALIDATORS


class Role(models.TextChoices):
    """What a staff member does at the desk. From responder on each may do what the one before it may.

    An analyst reads the desk and its figures, and changes nothing.
    """

    NONE = "", "Customer"
    ANALYST = "analyst", "Analyst"
    RESPONDER = "responder", "Responder"
    MODERATOR = "moderator", "Moderator"
    MANAGER = "manager", "Manager"


class TrustLevel(models.IntegerChoices):
    """Discourse's ladder: what a member's history has earned."""

    NEW = 0, "New"
    BASIC = 1, "Basic"
    MEMBER = 2, "Member"
    REGULAR = 3, "Regular"
    LEADER = 4, "Leader"


class Member(AbstractUser):
    first_name = None  # type: ignore[assignment]
    last_name = None  # type: ignore[assignment]
    username = models.CharField(max_length=30, unique=True, validators=USERNAME_VALIDATORS)
    email = models.EmailField("e-mail address", unique=True)
    display_name = models.CharField(max_length=60, blank=True, help_text="Shown in place of the username.")
    title = models.CharField(max_length=60, blank=True, help_text="Shown beside the name, for example “Repair expert”.")
    bio = models.TextField(max_length=500, blank=True)
    role = models.CharField(max_length=10, choices=Role, default=Role.NONE, blank=True)
    trust_level = models.PositiveSmallIntegerField(choices=TrustLevel, default=TrustLevel.NEW)
    trust_is_given = models.BooleanField(
        "trust given by hand", default=False, help_text="It is neither raised nor lost by what this member does."
    )
    is_unclaimed = models.BooleanField(
        default=False,
        editable=False,
        help_text="Came with an import. Who proves the address signs in to it, and it is theirs.",
    )
    picture = models.CharField(
        max_length=60, blank=True, editable=False, help_text="What its files' names begin with. Empty: drawn initials."
    )
    picture_at = models.DateTimeField(null=True, blank=True, editable=False, help_text="When it was last changed.")
    is_shown_as_expert = models.BooleanField(
        "listed where people who know a product are named",
        default=True,
        help_text="Their own choice. Their page shows what they know either way.",
    )
    is_ranked = models.BooleanField(
        "named where the company looks for who helps best",
        default=True,
        help_text="Their own choice. What they wrote counts in the sums either way.",
    )
    unread_notifications = models.PositiveIntegerField(default=0, editable=False)
    erased_at = models.DateTimeField(null=True, blank=True, editable=False)

    REQUIRED_FIELDS = ["email"]

    class Meta:
        ordering = ["username"]
        constraints = [
            models.UniqueConstraint(Lower("email"), name="members_one_account_per_address"),
            models.UniqueConstraint(Lower("username"), name="members_one_account_per_username"),
            models.CheckConstraint(
                condition=models.Q(role="") | models.Q(is_staff=True), name="members_a_role_is_for_staff"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        """How this person is called on every page."""
        return "Deleted member" if self.erased_at else self.display_name or self.username

    def get_full_name(self) -> str:
        return self.name

    get_short_name = get_full_name

    def get_absolute_url(self) -> str:
        return reverse("member", args=[self.username])

    @property
    def is_responder(self) -> bool:
        """May reply as the company and work the queue."""
        return self._has_role(Role.RESPONDER, Role.MODERATOR, Role.MANAGER)

    @property
    def is_moderator(self) -> bool:
        """May decide what stays."""
        return self._has_role(Role.MODERATOR, Role.MANAGER)

    @property
    def is_manager(self) -> bool:
        """May read insights and change the desk's settings."""
        return self._has_role(Role.MANAGER)

    @property
    def is_desk_reader(self) -> bool:
        """May read the desk: everybody with a role."""
        return self._has_role(Role.ANALYST, Role.RESPONDER, Role.MODERATOR, Role.MANAGER)

    @property
    def is_insights_reader(self) -> bool:
        """May read the figures."""
        return self._has_role(Role.ANALYST, Role.MANAGER)

    def _has_role(self, *roles: str) -> bool:
        return self.is_active and (self.is_superuser or (self.is_staff and self.role in roles))


class AppendOnly(models.Model):
    """A log row: written once, never changed, deleted only with what it belongs to."""

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        if self.pk is not None and not self._state.adding:
            raise ValidationError(f"A {self._meta.verbose_name} is a log entry and cannot be changed.")
        super().save(*args, **kwargs)


class ConsentQuerySet(models.QuerySet["Consent"]):
    def newest(self, member: Member, channel: str, purpose: str) -> bool | None:
        """What the newest entry says; None without one."""
        entries = self.filter(member=member, channel=channel, purpose=purpose).order_by("-created_at", "-pk")
        return entries.values_list("is_given", flat=True).first()


class Consent(AppendOnly):
    """One yes or no to being contacted. The newest row for a channel and purpose holds."""

    class Channel(models.TextChoices):
        MAIL = "mail", "E-mail"
        MESSAGE = "message", "Private message here"

    class Purpose(models.TextChoices):
        DIGEST = "digest", "Weekly digest"
        FOLLOW_UP = "follow_up", "“Did this help you?” after an answer"
        MARKETING = "marketing", "News and offers"
        REACTIVATION = "reactivation", "A personal message after a long absence"
        INVITATION = "invitation", "Being asked to review what you bought"

    member = models.ForeignKey(Member, models.CASCADE, related_name="consents")
    channel = models.CharField(max_length=10, choices=Channel)
    purpose = models.CharField(max_length=15, choices=Purpose)
    is_given = models.BooleanField(help_text="Given, or withdrawn.")
    wording_version = models.CharField(max_length=20, help_text="Which text the person saw.")
    source = models.CharField(max_length=60, help_text="Where they said so, for example “sign-up page”.")
    created_at = models.DateTimeField(auto_now_add=True)

    objects = ConsentQuerySet.as_manager()

    class Meta:
        ordering = ["-created_at"]
        indexes = [models.Index(fields=["member", "channel", "purpose", "-created_at"], name="consent_latest")]

    def __str__(self) -> str:
        return f"{self.member}: {self.get_purpose_display()} {'given' if self.is_given else 'withdrawn'}"
