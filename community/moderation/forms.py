"""What a reader fills in to report a post."""

from django import forms

from community.members.text import TextField
from community.moderation.models import Flag
from community.threads.forms import RefusableForm


class FlagForm(RefusableForm):
    reason = forms.ChoiceField(
        choices=Flag.Reason.choices, widget=forms.RadioSelect, error_messages={"required": "Choose what is wrong."}
    )
    note = TextField(
        label="Anything a moderator should know",
        required=False,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
