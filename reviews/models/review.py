"""Review: what makes a thread a review. ReviewVersion: what it said before."""

from datetime import date
from typing import Any, cast

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils import timezone

from community.members.models import AppendOnly
from community.products.models import Product, Purchase
from community.threads.models import Status, Thread
from reviews.models.campaign import InvitationCampaign
from reviews.names import NameShown, shown_name

EARLIEST_USE = date(1950, 1, 1)
"""Before that a day is a slip of the keyboard."""
FACTS = ("stars", "recommends", "experience_date", "pros", "cons")


class ReviewQuerySet(models.QuerySet["Review"]):
    def listed(self) -> "ReviewQuerySet":
        return self.filter(thread__kind=Thread.Kind.REVIEW, thread__status=Status.PUBLISHED)

    def visible_to(self, member: Any) -> "ReviewQuerySet":
        return self.filter(thread__in=Thread.objects.visible_to(member))

    def of(self, member: Any, product: Product) -> "Review | None":
        """The one review of `product` by `member`, whatever became of it."""
        own = self.filter(thread__kind=Thread.Kind.REVIEW, thread__author=member, thread__product=product)
        return own.with_list_data().first()

    def with_list_data(self) -> "ReviewQuerySet":
        return self.select_related("thread__author", "thread__product")


class Review(models.Model):
    NameShown = NameShown

    thread = models.OneToOneField(Thread, models.CASCADE, primary_key=True, related_name="review")
    stars = models.PositiveSmallIntegerField(choices=[(n, f"{n} star{'s'[: n > 1]}") for n in range(1, 6)])
    experience_date = models.DateField(null=True, blank=True, help_text="When the product was used.")
    recommends = models.BooleanField(null=True, blank=True)
    pros = models.CharField(max_length=300, blank=True)
    cons = models.CharField(max_length=300, blank=True)
    name_shown = models.CharField(max_length=10, choices=NameShown, default=NameShown.FULL)
    purchase = models.ForeignKey(
        Purchase, models.PROTECT, null=True, blank=True, related_name="reviews", help_text="Evidence of purchase."
    )
    campaign = models.ForeignKey(
        InvitationCampaign,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="reviews",
        help_text="What asked for it.",
    )
    is_incentivised = models.BooleanField(default=False, help_text="Set by the invitation's campaign.")
    is_insider = models.BooleanField(default=False, help_text="Written by staff; labelled, left out of the average.")
    imported_from = models.CharField(max_length=60, blank=True, help_text="Where it was first posted.")
    published_at = models.DateTimeField(
        null=True, blank=True, editable=False, help_text="When it could first be read here; it is never moved."
    )

    objects = ReviewQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(stars__gte=1, stars__lte=5), name="review_has_1_to_5_stars"),
        ]

    def __str__(self) -> str:
        return f"{self.stars} stars: {self.thread.title}"

    def clean(self) -> None:
        if self.experience_date and self.experience_date > timezone.localdate():
            raise ValidationError({"experience_date": "This day has not come yet. Give the day you used it."})
        if self.experience_date and self.experience_date < EARLIEST_USE:
            raise ValidationError({"experience_date": f"Give a day since {EARLIEST_USE.year}."})

    @property
    def product(self) -> Product:
        """What it is about; a constraint sees to it that every review has one."""
        return cast(Product, self.thread.product)

    @property
    def is_verified(self) -> bool:
        """Only ever from order evidence; no one can tick it."""
        return self.purchase_id is not None

    @property
    def is_named(self) -> bool:
        """May the page lead from here to the member?"""
        return self.name_shown == NameShown.FULL

    @property
    def shown_name(self) -> str:
        """The only name of its author that a public page, feed or mail may print. Needs thread.author loaded."""
        author = self.thread.author
        return author.name if author.erased_at else shown_name(author.display_name, author.username, self.name_shown)

    def facts(self) -> dict[str, Any]:
        """What a review says besides its text."""
        return {name: getattr(self, name) for name in FACTS}


class ReviewVersion(AppendOnly):
    """What a review said besides its text, as it stood before its author changed it (its text: threads.Revision)."""

    review = models.ForeignKey(Review, models.CASCADE, related_name="versions")
    stars = models.PositiveSmallIntegerField()
    recommends = models.BooleanField(null=True)
    experience_date = models.DateField(null=True)
    pros = models.CharField(max_length=300, blank=True)
    cons = models.CharField(max_length=300, blank=True)
    attributes = models.JSONField(
        default=dict, blank=True, help_text="What it said of each attribute, by name: 1 to 5."
    )
    created_at = models.DateTimeField(default=timezone.now, help_text="When it was replaced.")

    class Meta:
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.CheckConstraint(condition=Q(stars__gte=1, stars__lte=5), name="review_version_has_1_to_5_stars"),
        ]

    def __str__(self) -> str:
        return f"{self.stars} stars until {self.created_at:%Y-%m-%d}"
