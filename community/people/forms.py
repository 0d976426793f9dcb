"""What a member fills in about themselves, and a manager about an expert."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from community.members.imitating import refuse_imitation
from community.members.models import Member
from community.members.text import LineField, TextField
from community.people.naming import LONGEST_TITLE
from community.products.models import Product


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

    is_shown_as_expert = forms.BooleanField(
        label="List me where people who know a product are named",
        required=False,
        help_text="On product pages and in the list of members, by the answers of yours that were confirmed helpful. "
        "Your own page shows them either way.",
    )
    is_ranked = forms.BooleanField(
        label="Name me where the company looks for who helps best",
        required=False,
        help_text="Its managers see whose answers helped, and read them. What you wrote counts in the sums either way.",
    )

    def __init__(self, *args: Any, member: Member, **options: Any) -> None:
        options["initial"] = {
            "display_name": member.display_name,
            "bio": member.bio,
            "is_shown_as_expert": member.is_shown_as_expert,
            "is_ranked": member.is_ranked,
        }
        super().__init__(*args, **options)
        self.member = member

    def clean_display_name(self) -> str:
        name = self.cleaned_data["display_name"]
        is_new = name != self.member.display_name  # who has it since before keeps it
        if name and is_new and not self.member.is_staff:
            refuse_imitation(name, by=self.member)
        if name and not any(character.isalnum() for character in name):
            raise ValidationError("A name has at least one letter or digit.")
        return name


class PictureForm(forms.Form):
    """The picture itself is judged when it is taken in."""

    picture = forms.FileField(
        label="A picture of your own",
        allow_empty_file=True,
        widget=forms.FileInput(attrs={"accept": "image/jpeg,image/png,image/webp,image/gif"}),
        help_text="JPEG, PNG, WebP or GIF, up to 10 MB. We cut it square and keep nothing else of the file: "
        "no place, no camera, no date.",
    )


class ExpertForm(forms.Form):
    title = LineField(
        label="Title",
        max_length=LONGEST_TITLE,
        required=False,
        help_text="Stands beside their name wherever they write, for example “Repair expert”.",
    )
    product = forms.ModelChoiceField(
        Product.objects.order_by("name"),
        label="Expert on",
        required=False,
        empty_label="No further product",
        help_text="They are listed first among those who know it, on its page.",
    )

    def __init__(self, *args: Any, member: Member, **options: Any) -> None:
        options["initial"] = {"title": member.title}
        super().__init__(*args, **options)
