"""What people fill in about what was said elsewhere: the mention itself, a file of them, a source, and the answer."""

from typing import Any
from uuid import uuid4

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.core.validators import URLValidator

from community.members.models import Member
from community.members.text import LineField, TextField
from community.threads.forms import RefusableForm
from staff.listening.wording import LONGEST_TEXT, LONGEST_TITLE
from staff.models import ConversationType

NO_ADDRESS = "Write the whole address, beginning with https://."
LARGEST_FILE = 2 * 1024 * 1024


def address_field(label: str, most: int, **options: Any) -> LineField:
    return LineField(
        label=label,
        max_length=most,
        validators=[URLValidator(schemes=["http", "https"], message=NO_ADDRESS)],
        **options,
    )


class PasteForm(forms.Form):
    """One thing that somebody said elsewhere."""

    url = address_field("Its address", 1000, help_text="Where it can be read, for example https://…")
    author = LineField(label="Who said it", required=False, max_length=80, help_text="Their name or handle there.")
    title = LineField(label="Title", required=False, max_length=LONGEST_TITLE)
    text = TextField(
        label="Their words", max_length=LONGEST_TEXT, widget=forms.Textarea(attrs={"rows": 6}), help_text="As written."
    )
    place = LineField(label="Place", required=False, max_length=80, help_text="For example “Reddit”. Empty: “By hand”.")


class UploadForm(forms.Form):
    file = forms.FileField(
        label="CSV file",
        max_length=200,
        help_text="At most 2 MB and 2,000 rows. The first line names the columns: text is needed; url, id, author, "
        "title, published_at and source are read too.",
    )
    place = LineField(
        label="Where is this from?",
        required=False,
        max_length=80,
        help_text="For rows that name no source themselves. The same every time, so that nothing comes twice.",
    )

    def clean_file(self) -> UploadedFile:
        file: UploadedFile = self.cleaned_data["file"]
        if (file.size or 0) > LARGEST_FILE:
            raise ValidationError("This file has more than 2 MB. Split it, and upload one part after the other.")
        return file


class FeedForm(forms.Form):
    name = LineField(label="Name", max_length=80, help_text="As lists and reports call it.")
    url = address_field("Address of the feed", 500, help_text="RSS or Atom, for example https://blog.example.com/feed.")


class WebhookForm(forms.Form):
    name = LineField(label="Name", max_length=80, help_text="For example the tool that will send to us.")


class AnswerForm(RefusableForm):
    """The reply that a person will post where it was said."""

    body = TextField(
        label="Your answer, as the company",
        max_length=10_000,
        widget=forms.Textarea(attrs={"rows": 5, "data-key": "r"}),
        help_text="Plain text, as you will post it there.",
    )
    type = forms.ChoiceField(
        label="What kind of conversation is this?", choices=ConversationType.choices, widget=forms.RadioSelect
    )
    link_need = LineField(
        label="What the customer needs", required=False, max_length=120, help_text="For example “how to wash wool”."
    )
    link_url = LineField(
        label="Address of the one page that helps",
        required=False,
        max_length=500,
        help_text="We give you a short address of ours to post, and count who opens it.",
    )
    is_holding = forms.BooleanField(
        label="Holding reply: we are still looking into it", required=False, help_text="They go on waiting."
    )
    confirm_second = forms.BooleanField(required=False, widget=forms.HiddenInput)
    submission_key = forms.UUIDField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["submission_key"].initial = uuid4
        self.question = ""

    def ask_first(self, question: str) -> None:
        """Show the form again with `question` above it."""
        self.question = question


class AuthorForm(forms.Form):
    member = LineField(label="Their name here", max_length=150, help_text="The username of their account with us.")

    def clean_member(self) -> Member:
        name = self.cleaned_data["member"].removeprefix("@")
        member = Member.objects.filter(username__iexact=name, is_active=True, erased_at=None).first()
        if member is None:
            raise ValidationError("There is no member of this name. Their profile's address ends in it.")
        return member
