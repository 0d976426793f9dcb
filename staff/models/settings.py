"""DeskSettings: the one row of numbers and words that triage and the clocks follow."""

from zoneinfo import available_timezones

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models

COMPANY_WORDS = """customer service
customer support
customer care
support team
can someone from
someone from the company
anyone from the company
anyone from the team
the manufacturer
your team
official answer"""


class DeskSettings(models.Model):
    unanswered_hours = models.PositiveSmallIntegerField(
        default=4, validators=[MinValueValidator(1)], help_text="Business hours without an answer before we are needed."
    )
    escalate_hours = models.PositiveSmallIntegerField(
        default=24, validators=[MinValueValidator(1)], help_text="Business hours after which it becomes pressing."
    )
    time_zone = models.CharField(max_length=40, default="UTC")
    company_words = models.TextField(
        default=COMPANY_WORDS,
        help_text="One a line: words by which a customer asks for the company. The brand's name counts too.",
    )
    competitors = models.TextField(
        blank=True, help_text="One a line: a competitor's name, then other spellings, parted by commas."
    )
    category_words = models.TextField(
        blank=True, help_text="One a line: what we make, as people call it, for example “rain jacket”."
    )
    weights = models.JSONField(
        default=dict, blank=True, help_text="Weights of reasons that differ from the rules' own: {“complaint”: 4}."
    )
    quiet_months = models.PositiveSmallIntegerField(
        default=12,
        validators=[MinValueValidator(1)],
        help_text="A customer who has bought nothing for so long has gone quiet.",
    )
    claim_minutes = models.PositiveSmallIntegerField(
        default=10, validators=[MinValueValidator(1), MaxValueValidator(240)], help_text="How long a claim lasts."
    )

    class Meta:
        verbose_name = verbose_name_plural = "desk settings"
        constraints = [
            models.CheckConstraint(condition=models.Q(pk=1), name="one_row_of_desk_settings"),
        ]

    def __str__(self) -> str:
        return "Desk settings"

    def clean(self) -> None:
        if self.time_zone not in available_timezones():
            raise ValidationError({"time_zone": "Write it as region and city, for example Europe/Berlin."})

    @classmethod
    def current(cls) -> "DeskSettings":
        """The row, or its defaults."""
        return cls.objects.filter(pk=1).first() or cls(pk=1)
