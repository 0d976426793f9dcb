"""A list that a manager brings in: pasted, or in a file, whose text joins what was pasted."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from community.outside.csv_files import BadTableError, decoded
from community.threads.forms import RefusableForm

LARGEST = 2_000_000
"""Characters of a pasted list; bytes of a file."""


class BroughtListForm(RefusableForm):
    """Leaves the whole list in `cleaned_data["text"]`. Its fields: `file`, and one for what was pasted."""

    pasted = ""
    """That field's name."""

    def clean_file(self) -> str:
        upload = self.cleaned_data.get("file")
        if not upload:
            return ""
        if upload.size > LARGEST:
            raise ValidationError(f"This file is larger than {LARGEST // 1_000_000} MB. Split it.")
        try:
            return decoded(upload.read())
        except BadTableError as error:
            raise ValidationError(str(error)) from error

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        parts = (cleaned.get(self.pasted, ""), cleaned.get("file") or "")
        return cleaned | {"text": "\n".join(part for part in parts if part.strip())}


def require_short(text: str) -> None:
    """Raise ValidationError for more than may come in at a time."""
    if len(text) > LARGEST:
        raise ValidationError(f"This is too long: at most {LARGEST // 1_000_000} million characters at a time.")


def list_field(label: str, rows: int) -> forms.CharField:
    widget = forms.Textarea(attrs={"rows": rows, "spellcheck": "false"})
    return forms.CharField(label=label, required=False, max_length=LARGEST, widget=widget)


def file_field(help_text: str) -> forms.FileField:
    return forms.FileField(label="Or a CSV file", required=False, help_text=help_text)
