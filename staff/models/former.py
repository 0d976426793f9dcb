"""Customers who have gone quiet, and why people leave."""

from django.conf import settings
from django.db import models
from django.utils import timezone

from staff.models.conversation import Conversation


class FormerCustomer(models.Model):
    """One line of the re-activation list: a member who has gone quiet, worked through by a person."""

    class State(models.TextChoices):
        TO_WRITE = "to_write", "To write to"
        WRITTEN = "written", "Written to"
        CAME_BACK = "came_back", "Came back"
        LEFT_ALONE = "left_alone", "Left alone"

    member = models.OneToOneField(settings.AUTH_USER_MODEL, models.CASCADE, related_name="former_customer")
    state = models.CharField(max_length=10, choices=State, default=State.TO_WRITE)
    found_by = models.CharField(max_length=60, help_text="“Purchases”, or the uploaded list's name.")
    last_purchase_at = models.DateTimeField(null=True, blank=True)
    conversation = models.OneToOneField(
        Conversation, models.SET_NULL, null=True, blank=True, related_name="former_customer"
    )
    state_changed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    state_changed_at = models.DateTimeField(null=True, blank=True)
    note = models.CharField(max_length=300, blank=True)
    listed_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["last_purchase_at", "pk"]
        indexes = [models.Index(fields=["state", "last_purchase_at"], name="former_to_work_through")]

    def __str__(self) -> str:
        return f"{self.member}: {self.get_state_display()}"


class Leaving(models.Model):
    """Why a customer left, in one of a few kinds and their own words, as a colleague recorded it."""

    class Kind(models.TextChoices):
        QUALITY = "quality", "Quality"
        SERVICE = "service", "Service"
        PRICE = "price", "Price"
        DELIVERY = "delivery", "Delivery or availability"
        RANGE = "range", "Nothing fitting in the range"
        COMPETITOR = "competitor", "A competitor"
        NO_NEED = "no_need", "No need any more"
        OTHER = "other", "Something else"

    member = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="leavings")
    kind = models.CharField(max_length=12, choices=Kind)
    words = models.CharField(max_length=300, blank=True, help_text="Their own words.")
    conversation = models.ForeignKey(Conversation, models.SET_NULL, null=True, blank=True, related_name="leavings")
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["-recorded_at"]

    def __str__(self) -> str:
        return f"{self.member}: {self.get_kind_display()}"
