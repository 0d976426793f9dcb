"""What a manager says of a campaign. There is no field for stars, feelings or who was happy, and none may come."""

from datetime import datetime, time, timedelta
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone

from community.members.text import LineField
from reviews.inviting.choosing import TOO_LATE
from reviews.models import InvitationCampaign

LOOKS_BACK = timedelta(days=30)


class DayField(forms.DateField):
    """A day on the page, its first moment in the database."""

    widget = forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})

    def __init__(self, **options: Any) -> None:
        invalid = "This is no day of the calendar. Write it like 2026-03-15."
        super().__init__(input_formats=["%Y-%m-%d"], error_messages={"invalid": invalid}, **options)

    def prepare_value(self, value: Any) -> Any:
        return timezone.localdate(value) if isinstance(value, datetime) else value

    def clean(self, value: Any) -> Any:
        day = super().clean(value)
        return timezone.make_aware(datetime.combine(day, time())) if day else None


class CampaignForm(forms.ModelForm):
    name = LineField(label="Name", max_length=80, help_text="For your own lists. Customers don’t see it.")
    incentive = LineField(
        label="What everybody gets for a review",
        max_length=200,
        required=False,
        help_text="For example “a voucher of €5”. It goes to everybody who writes, whatever they say; the mail says "
        "so, and each review is labelled. It can’t be changed once a mail has promised it. Empty: nothing.",
    )
    starts_at = DayField(
        label="Ask about what left from this day on",
        help_text="What left more than 180 days ago is never asked about.",
        initial=lambda: timezone.localdate() - LOOKS_BACK,
    )
    ends_at = DayField(label="Stop on this day", required=False, help_text="Empty: goes on until you switch it off.")

    class Meta:
        model = InvitationCampaign
        fields = (
            "name", "category", "days_after", "reminders", "days_between", "greeting", "incentive", "starts_at",
            "ends_at",
        )  # fmt: skip
        labels = {
            "category": "About which products",
            "days_after": "Days after the parcel left",
            "reminders": "Reminders",
            "days_between": "Days before a reminder",
            "greeting": "A few words of yours in the mail",
        }
        help_texts = {
            "category": "A campaign for one category comes before one for everything; of two alike, the older. Each "
            "purchase belongs to the first that fits, and is asked about once, ever.",
            "days_after": "14 to 21. What else came to the same address by then goes into the same mail, at most five "
            "products.",
            "reminders": "At most 2, in other words, and only about what is not reviewed yet.",
            "days_between": "3 to 20. Links work for 45 days.",
            "greeting": "Plain text, as you would write to one customer. Don’t hint at what you hope to read: asking "
            "for a good review is against the law in many countries.",
        }
        widgets = {"greeting": forms.Textarea(attrs={"rows": 4})}

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["category"].empty_label = "All products"  # type: ignore[attr-defined]

    def clean_starts_at(self) -> datetime:
        day: datetime = self.cleaned_data["starts_at"]
        if day > timezone.now() + timedelta(days=366):
            raise ValidationError("That is more than a year ahead. Choose an earlier day.")
        return max(day, timezone.now() - TOO_LATE - timedelta(days=1))
