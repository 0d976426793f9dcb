"""What a person says when they stop something: why, and for how long."""

from datetime import datetime, timedelta
from typing import Any

from django import forms
from django.utils import timezone

from community.members.text import LineField
from community.threads.models import Category

LENGTHS = {"": "Until somebody starts it again", "1": "1 hour", "4": "4 hours", "24": "1 day", "168": "1 week"}
NO_WHY_GIVEN = "No reason given yet"


class StopForm(forms.Form):
    """The big switch. In a hurry nobody has to explain: the reason may stay empty here."""

    because = LineField(label="Why?", max_length=200, required=False)
    hours = forms.ChoiceField(label="For how long?", choices=tuple(LENGTHS.items()), required=False)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **{"auto_id": "stop_%s"} | options)

    @property
    def until(self) -> datetime | None:
        hours = self.cleaned_data["hours"]
        return timezone.now() + timedelta(hours=int(hours)) if hours else None

    @property
    def because_or_none(self) -> str:
        return self.cleaned_data["because"] or NO_WHY_GIVEN


class PauseForm(StopForm):
    """For a thread or a customer: colleagues have to know why."""

    because = LineField(label="Why?", max_length=200, error_messages={"required": "Say why: colleagues will read it."})


class CategoryPauseForm(PauseForm):
    category = forms.ModelChoiceField(Category.objects.all(), label="Subject")
    field_order = ("category", "because", "hours")

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **{"auto_id": "pause_%s"} | options)
