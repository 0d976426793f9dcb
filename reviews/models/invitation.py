"""Invitation: one mail that asks a buyer for reviews, and its links. InvitationStop: an address that is never asked."""

from datetime import datetime

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils import timezone

from community.products.models import Purchase
from reviews.models.campaign import InvitationCampaign
from reviews.models.review import Review

MOST_PRODUCTS = 5
"""In one mail."""


class InvitationQuerySet(models.QuerySet["Invitation"]):
    def to(self, address: str) -> "InvitationQuerySet":
        """By index, however the shop wrote the address."""
        return self.annotate(address=Lower("email")).filter(address=address.lower())

    def due(self, now: datetime) -> "InvitationQuerySet":
        """A mail of an active campaign should leave, the longest due first."""
        waiting = self.filter(state__in=(Invitation.State.PLANNED, Invitation.State.SENT), planned_for__lte=now)
        active = Q(campaign__is_active=True) & (Q(campaign__ends_at=None) | Q(campaign__ends_at__gt=now))
        return waiting.filter(active).order_by("planned_for", "pk")


class Invitation(models.Model):
    """To one address, about what came in one parcel or in those of the same days; with its reminders."""

    class State(models.TextChoices):
        PLANNED = "planned", "Planned"
        SENT = "sent", "Sent"
        ENDED = "ended", "Ended"

    campaign = models.ForeignKey(InvitationCampaign, models.PROTECT, related_name="invitations")
    email = models.EmailField()
    name = models.CharField(max_length=120, blank=True)
    member = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")
    state = models.CharField(max_length=10, choices=State, default=State.PLANNED)
    why_ended = models.CharField(max_length=100, blank=True, help_text="All reviewed, refused, too late, bounced …")
    planned_for = models.DateTimeField(help_text="When the next mail is due, if one is to come.")
    sent_at = models.DateTimeField(null=True, blank=True)
    reminded_at = models.DateTimeField(null=True, blank=True)
    reminders_sent = models.PositiveSmallIntegerField(default=0)
    opened_at = models.DateTimeField(null=True, blank=True, help_text="When one of its links was first followed.")
    expires_at = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField(default=timezone.now)

    objects = InvitationQuerySet.as_manager()

    class Meta:
        ordering = ["-planned_for", "-pk"]
        indexes = [
            models.Index(fields=["state", "planned_for"], name="invitation_by_turn"),
            models.Index(fields=["campaign", "state"], name="invitation_of_campaign"),
            models.Index(Lower("email"), name="invitation_by_address"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=~Q(state="sent") | Q(sent_at__isnull=False), name="sent_invitation_has_time"
            )
        ]

    def __str__(self) -> str:
        return f"Invitation {self.pk}"


class InvitedPurchase(models.Model):
    """One product that an invitation asks about: its link works once. A purchase is asked about once, ever."""

    invitation = models.ForeignKey(Invitation, models.CASCADE, related_name="items")
    purchase = models.OneToOneField(Purchase, models.CASCADE, related_name="invited")
    opened_at = models.DateTimeField(null=True, blank=True, help_text="When its page was first shown to a person.")
    used_at = models.DateTimeField(null=True, blank=True, help_text="When the review was sent in.")
    review = models.ForeignKey(Review, models.SET_NULL, null=True, blank=True, related_name="invited")

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.purchase} in invitation {self.invitation_id}"


class InvitationStop(models.Model):
    """An address that does not want to be asked, whether it has an account or not."""

    email = models.EmailField()
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["-created_at"]
        constraints = [models.UniqueConstraint(Lower("email"), name="one_invitation_stop_per_address")]

    def __str__(self) -> str:
        return self.email
