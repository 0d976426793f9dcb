"""Category: the shelf a question stands on."""

from django.db import models
from django.urls import reverse


class Category(models.Model):
    name = models.CharField(max_length=60, unique=True)
    slug = models.SlugField(max_length=60, unique=True)
    description = models.CharField(max_length=200, blank=True)
    position = models.PositiveSmallIntegerField(default=0, help_text="Lower numbers come first.")
    is_company_only = models.BooleanField(
        default=False, help_text="Only the company can help here (orders, accounts): the staff desk is told at once."
    )
    allows_several_accepted = models.BooleanField(
        "several solutions", default=False, help_text="More than one answer to a question may be accepted."
    )
    closes_after_days = models.PositiveSmallIntegerField(
        null=True,
        blank=True,
        help_text="Close a solved question quietly after so many days without a new post. Empty: never.",
    )

    class Meta:
        ordering = ["position", "name"]
        verbose_name_plural = "categories"

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return f"{reverse('questions')}?category={self.slug}"
