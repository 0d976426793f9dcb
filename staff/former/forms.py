"""What agents and managers fill in about former customers."""

from typing import Any
from uuid import uuid4

from django import forms
from django.core.exceptions import ValidationError

from community.members.text import LineField
from community.threads.fields import BodyField
from community.threads.forms import RefusableForm
from staff.former.listing import LARGEST
from staff.models import Leaving
from staff.one_to_one.messaging import LIMITS


class WriteForm(RefusableForm):
    """The one personal message."""

    subject = LineField(label="Subject", min_length=3, max_length=120)
    body = BodyField(
        *LIMITS,
        label="Your message",
        widget=forms.Textarea(attrs={"rows": 8}),
        help_text="One person to another: what you remember of them, and one reason to look in again.",
    )
    submission_key = forms.UUIDField(widget=forms.HiddenInput, required=False, initial=uuid4)


class AloneNoteForm(forms.Form):
    note = LineField(label="Why? For colleagues", required=False, max_length=300)


class LeavingForm(forms.Form):
    kind = forms.ChoiceField(label="Why they left", choices=Leaving.Kind.choices, widget=forms.RadioSelect)
    words = LineField(label="In their own words", required=False, max_length=300)


class ListForm(RefusableForm):
    """Addresses pasted, or a file, whose text is put among what was pasted: it is there when one goes on."""

    name = LineField(label="What is this list?", max_length=60, help_text="For example “Returned a parka in 2025”.")
    addresses = forms.CharField(
        label="Mail addresses",
        required=False,
        max_length=LARGEST,
        widget=forms.Textarea(attrs={"rows": 5, "spellcheck": "false"}),
    )
    file = forms.FileField(label="Or a CSV file", required=False, help_text="Any columns; we look for addresses.")

    def clean_file(self) -> str:
        upload = self.cleaned_data.get("file")
        if not upload:
            return ""
        if upload.size > LARGEST:
            raise ValidationError(f"This file is larger than {LARGEST // 1_000_000} MB.")
        try:
            return upload.read().decode("utf-8-sig")
        except UnicodeDecodeError as error:
            raise ValidationError("This file is no text in UTF-8. Save it as CSV (UTF-8).") from error

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        parts = (cleaned.get("addresses", ""), cleaned.get("file") or "")
        return cleaned | {"text": "\n".join(part for part in parts if part.strip())}
