"""What agents and managers fill in about former customers."""

from uuid import uuid4

from django import forms

from community.members.text import LineField
from community.threads.fields import BodyField
from community.threads.forms import RefusableForm
from staff.list_form import BroughtListForm, file_field, list_field
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


class ListForm(BroughtListForm):
    pasted = "addresses"
    name = LineField(label="What is this list?", max_length=60, help_text="For example “Returned a parka in 2025”.")
    addresses = list_field("Mail addresses", rows=5)
    file = file_field("Any columns; we look for addresses.")
