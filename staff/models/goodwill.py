"""Goodwill: a coupon code from an imported pool, once for each customer and campaign."""

from datetime import date

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from staff.models.conversation import Conversation
from staff.models.message import Message


class Campaign(models.Model):
    name = models.CharField(max_length=80, unique=True)
    terms = models.CharField(max_length=300, blank=True, help_text="What the customer is told with the code.")
    is_on = models.BooleanField("codes may be given", default=True)
    ends_on = models.DateField(null=True, blank=True)
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name

    def is_open(self, today: date) -> bool:
        return self.is_on and (self.ends_on is None or self.ends_on >= today)


class CouponQuerySet(models.QuerySet["Coupon"]):
    def free(self) -> "CouponQuerySet":
        return self.filter(given_to=None)

    def given(self) -> "CouponQuerySet":
        return self.filter(given_to__isnull=False)


class Coupon(models.Model):
    """One code. Once given it stays given."""

    campaign = models.ForeignKey(Campaign, models.PROTECT, related_name="coupons")
    code = models.CharField(max_length=64)
    given_to = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    given_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    conversation = models.ForeignKey(Conversation, models.SET_NULL, null=True, blank=True, related_name="coupons")
    given_at = models.DateTimeField(null=True, blank=True)
    because = models.CharField(max_length=200, blank=True, help_text="Why it was given, for colleagues.")
    message = models.OneToOneField(
        Message, models.SET_NULL, null=True, blank=True, related_name="coupon", help_text="What it was given with."
    )

    objects = CouponQuerySet.as_manager()

    class Meta:
        ordering = ["campaign", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["campaign", "code"], name="one_coupon_per_code"),
            models.UniqueConstraint(
                fields=["campaign", "given_to"], condition=Q(given_to__isnull=False), name="one_coupon_per_customer"
            ),
            models.CheckConstraint(
                condition=Q(given_to=None, given_by=None, given_at=None)
                | Q(given_to__isnull=False, given_by__isnull=False, given_at__isnull=False),
                name="a_given_coupon_says_to_whom_by_whom_and_when",
            ),
        ]
        indexes = [models.Index(fields=["campaign"], condition=Q(given_to=None), name="coupon_free")]

    def __str__(self) -> str:
        return f"{self.campaign}: {self.masked}"

    @property
    def masked(self) -> str:
        """Enough to tell two apart, not to use it."""
        return f"{self.code[:4]}…" if len(self.code) > 6 else "…"
