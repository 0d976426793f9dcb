"""InvitationCampaign: how buyers are asked for a review. It has no field for stars, and never will."""

from datetime import datetime

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from community.products.models import ProductCategory
from reviews.conditions import ASKS_FOR_A_RATING, one_sided_words

SOONEST, LATEST = 14, 21
MOST_REMINDERS = 2
INCENTIVE_STANDS = (
    "Mails of this campaign have promised what stood here, so it can’t be changed any more. Make a new campaign."
)


class CampaignQuerySet(models.QuerySet["InvitationCampaign"]):
    def running(self, now: datetime) -> "CampaignQuerySet":
        """Those that send now. A purchase belongs to the first: one for a shelf comes before one for all, then age."""
        active = self.filter(is_active=True, starts_at__lte=now).filter(Q(ends_at=None) | Q(ends_at__gt=now))
        return active.order_by(F("category").asc(nulls_last=True), "created_at", "pk")


class InvitationCampaign(models.Model):
    """Who is asked, when, and what they get for any review, whatever it says."""

    name = models.CharField(max_length=80, unique=True, help_text="For your own lists. Customers don't see it.")
    is_active = models.BooleanField(default=False, help_text="Only an active campaign sends.")
    category = models.ForeignKey(
        ProductCategory,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        help_text="Only what lies on this shelf. Empty: everything.",
    )
    days_after = models.PositiveSmallIntegerField(
        default=SOONEST,
        validators=[MinValueValidator(SOONEST), MaxValueValidator(LATEST)],
        help_text="Days after the parcel left: 14 to 21.",
    )
    reminders = models.PositiveSmallIntegerField(
        default=MOST_REMINDERS, validators=[MaxValueValidator(MOST_REMINDERS)], help_text="At most 2."
    )
    days_between = models.PositiveSmallIntegerField(
        default=7, validators=[MinValueValidator(3), MaxValueValidator(20)], help_text="Days before a reminder."
    )
    greeting = models.TextField(max_length=1000, blank=True, help_text="A few words of yours in the mail.")
    incentive = models.CharField(
        max_length=200,
        blank=True,
        help_text="What everybody gets for a review, good or bad, for example “a voucher of €5”. The mail says so, "
        "and each review is labelled. Empty: nothing.",
    )
    starts_at = models.DateTimeField(default=timezone.now, help_text="Parcels sent before this day are left alone.")
    ends_at = models.DateTimeField(null=True, blank=True, help_text="Nothing is sent from then on.")
    created_at = models.DateTimeField(auto_now_add=True)

    objects = CampaignQuerySet.as_manager()

    class Meta:
        ordering = ["-created_at"]
        constraints = [
            models.CheckConstraint(
                condition=Q(days_after__gte=SOONEST, days_after__lte=LATEST), name="campaign_asks_after_14_to_21_days"
            ),
            models.CheckConstraint(condition=Q(reminders__lte=MOST_REMINDERS), name="campaign_reminds_at_most_twice"),
        ]

    def __str__(self) -> str:
        return self.name

    def clean(self) -> None:
        """What was promised in a mail stays: each review that answers it is labelled by this very row."""
        for field in ("greeting", "incentive"):
            if words := one_sided_words(getattr(self, field)):
                raise ValidationError({field: ASKS_FOR_A_RATING % words})
        if self.ends_at and self.ends_at <= self.starts_at:
            raise ValidationError({"ends_at": "The end comes before the start. Choose a later day, or none."})
        promised = type(self).objects.filter(pk=self.pk).exclude(incentive=self.incentive)
        if self.pk and promised.exists() and self.invitations.filter(sent_at__isnull=False).exists():
            raise ValidationError({"incentive": INCENTIVE_STANDS})
