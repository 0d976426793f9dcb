"""What is filled in to act on one conversation or many."""

from datetime import datetime, time, timedelta
from typing import Any

from django import forms
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.dateparse import parse_datetime

from community.members.models import Member, Role
from community.members.text import LineField
from staff.models import Conversation
from staff.queue.acting import AT_ONCE

MORNING = time(9)
MONDAY = 0
CHOICES = (
    ("hour", "In one hour"),
    ("afternoon", "In four hours"),
    ("tomorrow", "Tomorrow at 9:00"),
    ("monday", "Monday at 9:00"),
    ("week", "In one week"),
)
OWN_TIME = ("at", "At a time of one's own")
END_REASONS = (
    "Thanks only, nothing to add",
    "The community has answered it",
    "Dealt with elsewhere",
    "Spam or off topic",
)


def colleagues() -> QuerySet[Member]:
    """Who can be given a conversation."""
    works = Q(is_superuser=True) | Q(role__in=(Role.RESPONDER, Role.MODERATOR, Role.MANAGER), is_staff=True)
    return Member.objects.filter(works, is_active=True).order_by("display_name", "username")


class PickForm(forms.Form):
    """Which conversations, by number, out of those that the reader may see."""

    as_of = forms.CharField(required=False)

    def __init__(self, data: Any, *, reader: Member, **options: Any) -> None:
        super().__init__(data, **options)
        self.reader, self.pressed = reader, data
        self.picked: list[Conversation] = []

    def clean(self) -> None:
        numbers = {
            int(text) for text in self.pressed.getlist("pick") if text.isascii() and text.isdigit() and len(text) < 11
        }
        if not numbers:
            raise forms.ValidationError("Choose at least one conversation: tick its box, or press x on it.")
        if len(numbers) > AT_ONCE:
            raise forms.ValidationError(f"Choose at most {AT_ONCE} conversations at once.")
        self.picked = list(Conversation.objects.visible_to(self.reader).filter(pk__in=numbers).order_by("pk"))
        if not self.picked:
            raise forms.ValidationError("None of those conversations is there any more.")

    def clean_as_of(self) -> datetime | None:
        try:
            moment = parse_datetime(self.cleaned_data["as_of"])
        except ValueError:
            return None
        if moment is None or not 2000 <= moment.year < 2200:  # the year 1 fits no database
            return None
        return moment if timezone.is_aware(moment) else timezone.make_aware(moment)


class AssignForm(PickForm):
    to = forms.ModelChoiceField(
        Member.objects.none(),
        required=False,
        error_messages={"invalid_choice": "Choose a colleague who works at the desk."},
    )

    def __init__(self, data: Any, **options: Any) -> None:
        super().__init__(data, **options)
        self.fields["to"].queryset = colleagues()  # type: ignore[attr-defined]


class SnoozeForm(PickForm):
    until = forms.ChoiceField(
        choices=(*CHOICES, OWN_TIME),
        error_messages={"required": "Choose until when.", "invalid_choice": "Choose until when."},
    )
    at = forms.DateTimeField(
        required=False,
        input_formats=["%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S", "%Y-%m-%d %H:%M"],
        error_messages={"invalid": "Write the time as day and hour, for example 2026-11-24T09:00."},
    )

    def clean(self) -> None:
        super().clean()
        if self.cleaned_data.get("until") == "at" and not self.cleaned_data.get("at") and "at" not in self.errors:
            raise forms.ValidationError("Say until when: choose a day and an hour.")

    def moment(self) -> datetime:
        chosen = self.cleaned_data["until"]
        return self.cleaned_data["at"] if chosen == "at" else moment_of(chosen, timezone.localtime())


class EndManyForm(PickForm):
    because = LineField(
        max_length=200, error_messages={"required": "Say why, in a few words: colleagues will read it."}
    )


class SavedViewForm(forms.Form):
    name = LineField(max_length=60)


def moment_of(choice: str, now: datetime) -> datetime:
    """When a choice of CHOICES is over; mornings are those of `now`'s time zone."""
    if choice in ("hour", "afternoon"):
        return now + timedelta(hours=1 if choice == "hour" else 4)
    if choice == "week":
        return now + timedelta(days=7)
    days = (MONDAY - now.weekday()) % 7 or 7 if choice == "monday" else 1
    return timezone.make_aware(datetime.combine(now.date() + timedelta(days=days), MORNING), now.tzinfo)
