"""The brand's name, words, logo and colour: one row that the admin edits and every page wears."""

from typing import Any

from django.core.validators import RegexValidator, URLValidator
from django.db import models

from community.branding.memory import Brand, remembered

DEFAULT_ACCENT = "#1f5c63"


class Branding(models.Model):
    """At most one row; without it the defaults hold."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1, editable=False)
    name = models.CharField(max_length=60, default="Second Conversation", help_text="Shown in the header and in mail.")
    tagline = models.CharField(max_length=140, blank=True, help_text="One sentence, shown on the front page.")
    logo = models.ImageField(
        upload_to="branding/",
        blank=True,
        width_field="logo_width",
        height_field="logo_height",
        help_text="PNG, JPEG or WebP, up to 2 MB; shown 32 pixels high. Without one, the name is set as text.",
    )
    logo_width = models.PositiveIntegerField(null=True, blank=True, editable=False)
    logo_height = models.PositiveIntegerField(null=True, blank=True, editable=False)
    accent = models.CharField(
        "brand colour",
        max_length=7,
        default=DEFAULT_ACCENT,
        validators=[RegexValidator(r"^#[0-9a-fA-F]{6}\Z", "Write the colour as # and six digits, like #1f5c63.")],
        help_text="Its readable partners for text, buttons and dark mode are worked out from it.",
    )
    support_url = models.URLField(
        "support address",
        blank=True,
        validators=[URLValidator(schemes=["http", "https"])],
        help_text="Where people reach you outside the community, like your contact page.",
    )
    updated_at = models.DateTimeField(auto_now=True)

    class Meta:
        verbose_name = verbose_name_plural = "site branding"
        constraints = [models.CheckConstraint(condition=models.Q(id=1), name="branding_is_one_row")]

    def __str__(self) -> str:
        return self.name

    @classmethod
    def current(cls) -> Brand:
        """What the site wears now. Costs no query; a change shows within 2 seconds in every process."""
        return remembered(cls._read)

    @classmethod
    def _read(cls) -> Brand:
        return (cls.objects.first() or cls()).as_brand()

    def as_brand(self) -> Brand:
        values: dict[str, Any] = {"logo_url": "", "logo_width": 0, "logo_height": 0}
        if self.logo:
            values = {"logo_url": self.logo.url, "logo_width": self.logo_width, "logo_height": self.logo_height}
        return Brand(
            name=self.name, tagline=self.tagline, accent=self.accent.lower(), support_url=self.support_url, **values
        )
