"""Standing: what a member has done here, counted. Expertise: about what they know. Award: a badge they have.

All three are worked out from what was said and how it was received (community.recognising), never while a page is
read. Only an expert's naming is written by hand.
"""

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from community.members.models import Member
from community.products.models import Product
from community.threads.models import Post, Tag

LEAST_CONFIRMED = 2
"""So many confirmed answers about one thing, before a list says that somebody knows it."""


class StandingQuerySet(models.QuerySet["Standing"]):
    def listed(self) -> "StandingQuerySet":
        """Members who may be found in lists: with something public under their name, and not gone."""
        return self.filter(is_listed=True)

    def called(self, words: str) -> "StandingQuerySet":
        """Whose name or username has `words` in it."""
        return self.filter(name_key__contains=words.casefold())


class Standing(models.Model):
    """Counts of what everybody may read. Reviews under a shortened name are not in it."""

    member = models.OneToOneField(settings.AUTH_USER_MODEL, models.CASCADE, primary_key=True, related_name="standing")
    questions = models.PositiveIntegerField(default=0)
    answers = models.PositiveIntegerField(default=0, help_text="To other people's questions.")
    confirmed = models.PositiveIntegerField(default=0, help_text="Those that were confirmed helpful.")
    reviews = models.PositiveIntegerField(default=0)
    people_helped = models.PositiveIntegerField(default=0, help_text="Different people who said so.")
    is_listed = models.BooleanField(default=False)
    name_key = models.CharField(max_length=100, blank=True, help_text="Name and username, folded, to search in.")
    joined_at = models.DateTimeField()
    counted_at = models.DateTimeField(default=timezone.now)

    objects = StandingQuerySet.as_manager()

    class Meta:
        ordering = ["-people_helped", "-confirmed", "pk"]
        indexes = [
            models.Index(
                fields=["-people_helped", "-confirmed", "member"],
                condition=Q(is_listed=True),
                name="standing_most_helpful",
            ),
            models.Index(fields=["-joined_at", "member"], condition=Q(is_listed=True), name="standing_newest"),
        ]

    def __str__(self) -> str:
        return f"Standing of {self.member_id}"


class ExpertiseQuerySet(models.QuerySet["Expertise"]):
    def shown(self) -> "ExpertiseQuerySet":
        """Who may be named as knowing something: customers who are here, and did not ask to be left out."""
        enough = Q(confirmed__gte=LEAST_CONFIRMED) | Q(named_at__isnull=False)
        return self.filter(
            enough,
            member__is_active=True,
            member__erased_at=None,
            member__is_staff=False,
            member__is_shown_as_expert=True,
        )

    def best_first(self) -> "ExpertiseQuerySet":
        """Those whom the company named, then by how sure the evidence makes us."""
        return self.order_by(models.F("named_at").asc(nulls_last=True), "-score", "pk")


class Expertise(models.Model):
    """How much of what a member answered about one product or tag was confirmed helpful.

    `score` is the lower end of the 95 % interval of that share (Wilson): 3 of 3 is .44, 40 of 45 is .77.
    """

    member = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="expertise")
    product = models.ForeignKey(Product, models.CASCADE, null=True, blank=True, related_name="expertise")
    tag = models.ForeignKey(Tag, models.CASCADE, null=True, blank=True, related_name="expertise")
    answers = models.PositiveIntegerField(default=0)
    confirmed = models.PositiveIntegerField(default=0)
    score = models.FloatField(default=0)
    named_at = models.DateTimeField(null=True, blank=True, help_text="Since when the company calls them an expert.")
    named_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")

    objects = ExpertiseQuerySet.as_manager()

    class Meta:
        ordering = ["-score", "pk"]
        verbose_name_plural = "expertise"
        constraints = [
            models.UniqueConstraint(fields=["member", "product"], name="one_expertise_per_product"),
            models.UniqueConstraint(fields=["member", "tag"], name="one_expertise_per_tag"),
            models.CheckConstraint(
                condition=Q(product__isnull=False, tag=None) | Q(product=None, tag__isnull=False),
                name="expertise_is_about_one_thing",
            ),
            models.CheckConstraint(
                condition=Q(named_at=None) | Q(named_by__isnull=False), name="an_expert_is_named_by_somebody"
            ),
        ]
        indexes = [
            models.Index(fields=["product", "-score"], name="expertise_on_product"),
            models.Index(fields=["tag", "-score"], name="expertise_on_tag"),
        ]

    def __str__(self) -> str:
        return f"{self.member_id} on {self.product or self.tag}: {self.confirmed} of {self.answers}"

    @property
    def about(self) -> Any:
        return self.product or self.tag


class Badge(models.TextChoices):
    """In the order in which they are shown."""

    FIRST_SOLUTION = "first-solution", "First solution"
    HELPED_10 = "helped-10", "Helped 10 people"
    HELPED_50 = "helped-50", "Helped 50 people"
    HELPED_100 = "helped-100", "Helped 100 people"
    WELCOMING = "welcoming", "Welcoming"
    GOOD_QUESTION = "good-question", "Good question"
    REVIEWER = "reviewer", "Helpful reviewer"
    A_YEAR = "a-year", "A year together"


class AwardQuerySet(models.QuerySet["Award"]):
    def shown(self) -> "AwardQuerySet":
        return self.filter(member__is_active=True, member__erased_at=None)


class Award(models.Model):
    """A badge. `granted_at` is when its rule was met, `post` what met it."""

    member = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="awards")
    badge = models.CharField(max_length=20, choices=Badge)
    granted_at = models.DateTimeField(default=timezone.now)
    post = models.ForeignKey(Post, models.SET_NULL, null=True, blank=True, related_name="+")

    objects = AwardQuerySet.as_manager()

    class Meta:
        ordering = ["granted_at", "pk"]
        constraints = [models.UniqueConstraint(fields=["member", "badge"], name="one_award_per_badge")]
        indexes = [models.Index(fields=["badge", "-granted_at"], name="award_newest")]

    def __str__(self) -> str:
        return f"{self.get_badge_display()} of {self.member_id}"


def name_key(member: Member) -> str:
    """What a search by name looks in."""
    return f"{member.display_name} {member.username}".casefold()[:100]
