"""What managers fill in about hours, days off and targets."""

import re
from datetime import date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo, available_timezones

from django import forms
from django.core import signing
from django.core.exceptions import ValidationError

from community.members.text import LineField
from community.products.models import Product
from community.threads.models import Category
from staff.clocks.calendar_file import MOST_DAYS, DayOff
from staff.clocks.clock import MIDNIGHT, Range
from staff.clocks.setting import overlap, split_nights, spoken
from staff.models import ConversationType, SlaPolicy, Weekday

HOW = "Write times as 9:00-17:00, several parted by commas, or leave it empty."
SALT = "staff.clocks.days"
_RANGE = re.compile(r"(\d{1,2})(?:[:.](\d{2}))?\s*(?:-|–|—|to)\s*(\d{1,2})(?:[:.](\d{2}))?$")
MOST_RANGES = 8


class RangesField(LineField):
    """“9:00-12:00, 13:00-17:00” to ranges; a range may go over midnight."""

    def __init__(self, **options: Any) -> None:
        super().__init__(required=False, max_length=200, **options)

    def clean(self, value: Any) -> tuple[Range, ...]:
        text = super().clean(value)
        parts = [part.strip() for part in re.split(r"[,;]", text) if part.strip()]
        if len(parts) > MOST_RANGES:
            raise ValidationError(f"A day has at most {MOST_RANGES} ranges.")
        return tuple(_range(part) for part in parts)


def _range(text: str) -> Range:
    match = _RANGE.match(text)
    if match is None:
        raise ValidationError(f"“{text[:40]}” can't be read. {HOW}")
    opens = _time(match[1], match[2], text)
    closes = MIDNIGHT if (match[3], match[4] or "00") == ("24", "00") else _time(match[3], match[4], text)
    if opens == closes and closes != MIDNIGHT:
        raise ValidationError(f"“{text}” begins and ends at the same time.")
    return opens, closes


def _time(hour: str, minute: str | None, text: str) -> time:
    try:
        return time(int(hour), int(minute or 0))
    except ValueError as error:
        raise ValidationError(f"“{text}” holds a time that no clock shows. {HOW}") from error


class HoursForm(forms.Form):
    """A line a weekday, and the time zone."""

    use_required_attribute = False  # a required list must begin with an empty choice; there is always a zone

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        for day in Weekday:
            self.fields[f"day_{day.value}"] = RangesField(label=day.label)
        zones = sorted(zone for zone in available_timezones() if "/" in zone or zone == "UTC")
        self.fields["zone"] = forms.ChoiceField(label="Time zone", choices=[(zone, zone) for zone in zones])

    @classmethod
    def initial_of(cls, ranges: dict[int, tuple[Range, ...]], zone: str) -> dict[str, str]:
        return {f"day_{day}": spoken(found) for day, found in ranges.items()} | {"zone": zone}

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        week = {day.value: cleaned.get(f"day_{day.value}", ()) for day in Weekday}
        for day, ranges in split_nights(week).items():
            if found := overlap(ranges):
                words = " and ".join(spoken([one]) for one in found)
                self.add_error(f"day_{day}", f"{Weekday(day).label}: {words} overlap. Make them one.")
        return cleaned | {"week": week}


class HolidayForm(forms.Form):
    day = forms.DateField(label="Day", widget=forms.DateInput(attrs={"type": "date"}))
    name = LineField(label="What it is", required=False, max_length=100)

    def clean_day(self) -> date:
        day: date = self.cleaned_data["day"]
        if not date(2000, 1, 1) <= day <= date(2199, 12, 31):
            raise ValidationError("Choose a day of this century.")
        return day


class CalendarForm(forms.Form):
    calendar = forms.FileField(
        label="Calendar file",
        help_text="Public holidays as iCalendar (.ics), up to 1 MB. You see what it holds before anything is kept.",
        widget=forms.ClearableFileInput(attrs={"accept": ".ics,text/calendar"}),
        error_messages={"empty": "This file is empty. Choose a calendar file; its name ends in .ics."},
    )


class KeepDaysForm(forms.Form):
    """The days of a file that was looked through, signed, so that what is kept is what was shown."""

    days = forms.CharField(widget=forms.HiddenInput)

    @staticmethod
    def sign(days: tuple[DayOff, ...]) -> str:
        return signing.dumps([[off.day.isoformat(), off.name, off.uid] for off in days], salt=SALT, compress=True)

    def clean_days(self) -> list[DayOff]:
        try:
            rows = signing.loads(self.cleaned_data["days"], salt=SALT, max_age=86_400)
        except signing.BadSignature as error:
            raise ValidationError("This list is a day old or was changed on its way. Upload the file again.") from error
        return [DayOff(date.fromisoformat(day), name, uid) for day, name, uid in rows[:MOST_DAYS]]


class PolicyForm(forms.ModelForm):
    class Meta:
        model = SlaPolicy
        fields = (
            "name", "product", "category", "type", "least_priority", "first_reply_minutes", "next_reply_minutes",
            "is_on",
        )  # fmt: skip
        labels = {
            "least_priority": "From which priority on",
            "first_reply_minutes": "First reply within (minutes)",
            "next_reply_minutes": "Next replies within (minutes)",
        }
        help_texts = {
            "least_priority": "The weights of a conversation's reasons, added up. 0: any.",
            "first_reply_minutes": "Minutes in which somebody is there: 60 is an hour, 480 a day from 9 to 17.",
        }

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        for name in ("product", "category"):
            self.fields[name].empty_label = f"Any {name}"  # type: ignore[attr-defined]
        self.fields["type"] = forms.ChoiceField(
            label="Type", required=False, choices=[("", "Any type"), *ConversationType.choices]
        )


class TryForm(forms.Form):
    """What would be due when."""

    at = forms.DateTimeField(label="A message at", widget=forms.DateTimeInput(attrs={"type": "datetime-local"}))
    product = forms.ModelChoiceField(Product.objects.all(), required=False, empty_label="Any product")
    category = forms.ModelChoiceField(Category.objects.all(), required=False, empty_label="Any category")
    type = forms.ChoiceField(required=False, choices=[("", "Any type"), *ConversationType.choices])
    priority = forms.IntegerField(required=False, min_value=0, max_value=100, initial=0)

    def __init__(self, *args: Any, zone: ZoneInfo, **options: Any) -> None:
        super().__init__(*args, **options)
        self.zone = zone
        self.fields["at"].input_formats = ["%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S", "%Y-%m-%d %H:%M"]  # type: ignore[attr-defined]

    def clean_at(self) -> datetime:
        """In the desk's time zone."""
        at: datetime = self.cleaned_data["at"].replace(tzinfo=self.zone)
        if not 2000 <= at.year < 2200:
            raise ValidationError("Choose a moment of this century.")
        return at
