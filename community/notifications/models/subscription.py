"""Subscription: who wants to hear of what, and how much."""

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q

from community.products.models import Product
from community.threads.models import Category, Tag, Thread

TARGETS = ("thread", "product", "tag", "category", "person")


class Level(models.IntegerChoices):
    """How much somebody wants to hear of something. A higher one brings all that a lower one does."""

    MUTED = 0, "Muted"
    NORMAL = 1, "Not following"
    TRACKING = 2, "Bell only"
    WATCHING = 3, "Bell and mail"
    EVERYTHING = 4, "Every post"


def _one_target() -> Q:
    """Exactly one of TARGETS is set."""
    one = Q()
    for chosen in TARGETS:
        one |= Q(**{f"{target}__isnull": target != chosen for target in TARGETS})
    return one


class SubscriptionQuerySet(models.QuerySet["Subscription"]):
    def following(self) -> "SubscriptionQuerySet":
        return self.filter(level__gte=Level.TRACKING)

    def muted(self) -> "SubscriptionQuerySet":
        return self.filter(level=Level.MUTED)

    def shown_to(self, member: Any) -> "SubscriptionQuerySet":
        """One's own, without threads that one can't open any more and people who have gone."""
        of_thread = Q(thread=None) | Q(thread__in=Thread.objects.visible_to(member))
        of_person = Q(person=None) | Q(person__is_active=True, person__erased_at=None)
        return self.filter(of_thread, of_person, member=member).exclude(level=Level.NORMAL)

    def with_list_data(self) -> "SubscriptionQuerySet":
        return self.select_related("thread__product", *TARGETS[1:])


class Subscription(models.Model):
    """`NORMAL` and `MUTED` remember a person's “no”, so that answering again does not subscribe them again."""

    member = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="subscriptions")
    thread = models.ForeignKey(Thread, models.CASCADE, null=True, blank=True, related_name="subscriptions")
    product = models.ForeignKey(Product, models.CASCADE, null=True, blank=True, related_name="subscriptions")
    tag = models.ForeignKey(Tag, models.CASCADE, null=True, blank=True, related_name="subscriptions")
    category = models.ForeignKey(Category, models.CASCADE, null=True, blank=True, related_name="subscriptions")
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, null=True, blank=True, related_name="followed_by"
    )
    level = models.PositiveSmallIntegerField(choices=Level, default=Level.WATCHING)
    created_at = models.DateTimeField(auto_now_add=True)

    objects = SubscriptionQuerySet.as_manager()

    class Meta:
        constraints = [
            *(
                models.UniqueConstraint(fields=["member", target], name=f"one_subscription_per_{target}")
                for target in TARGETS
            ),
            models.CheckConstraint(condition=_one_target(), name="a_subscription_has_one_target"),
            models.CheckConstraint(
                condition=Q(person=None) | ~Q(person=models.F("member")), name="nobody_follows_themselves"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.member_id}: {self.get_level_display()}, {self.target}"

    @property
    def kind(self) -> str:
        """Which of TARGETS it is."""
        return next(target for target in TARGETS if getattr(self, f"{target}_id"))

    @property
    def target(self) -> Thread | Product | Tag | Category | Any:
        return getattr(self, self.kind)
