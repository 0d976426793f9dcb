"""What a member fills in about themselves."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from community.members.models import Member
from community.members.names import refuse_reserved
from community.members.text import LineField, TextField


class ProfileForm(forms.Form):
    display_name = LineField(
        label="Name", max_length=60, required=False, help_text="Shown beside what you write. Empty: your username."
    )
    bio = TextField(
        label="About you",
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="What you make, wear or mend. Everybody can read it.",
    )

    def __init__(self, *args: Any, member: Member, **options: Any) -> None:
        options["initial"] = {"display_name": member.display_name, "bio": member.bio}
        super().__init__(*args, **options)
        self.member = member

    def clean_display_name(self) -> str:
        name = self.cleaned_data["display_name"]
        if name and not self.member.is_staff:
            refuse_reserved(name)
        if name and not any(character.isalnum() for character in name):
            raise ValidationError("A name has at least one letter or digit.")
        return name
