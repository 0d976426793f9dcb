"""What agents and customers fill in to write to each other alone."""

from datetime import datetime
from typing import Any
from uuid import uuid4

from django import forms

from community.members.text import LineField
from community.threads.fields import BodyField
from community.threads.forms import BODY_LIMITS, RefusableForm
from community.threads.models import Post
from staff.models import Conversation, ConversationType
from staff.one_to_one.messaging import LIMITS


class SeenField(forms.DateTimeField):
    """When the newest thing on the page was said, to the microsecond; whatever else it says means: not known."""

    widget = forms.HiddenInput

    def prepare_value(self, value: Any) -> Any:
        return value.isoformat() if isinstance(value, datetime) else value

    def clean(self, value: Any) -> datetime | None:
        try:
            seen = datetime.fromisoformat(str(value))
        except ValueError:
            return None
        return seen if seen.tzinfo and 2000 <= seen.year < 2200 else None  # the year 1 fits no database


class AloneForm(RefusableForm):
    """To one customer, and what goes with it. `note` is left out where no thread is to be told."""

    body = BodyField(*LIMITS, label="Your message", widget=forms.Textarea(attrs={"rows": 6}))
    note = BodyField(
        *BODY_LIMITS[Post.Kind.COMMENT],
        label="What the thread is told",
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="Everybody can read this line. It counts as our first word; the matter itself stays between you two.",
    )
    type = forms.ChoiceField(
        label="What kind of conversation is this?", choices=ConversationType.choices, widget=forms.RadioSelect
    )
    link_need = LineField(
        label="What the customer needs", required=False, max_length=120, help_text="For example “how to wash wool”."
    )
    link_url = LineField(label="Address of the one page that helps", required=False, max_length=500)
    is_holding = forms.BooleanField(
        label="We are still looking into it", required=False, help_text="The customer goes on waiting for the answer."
    )
    confirm_second = forms.BooleanField(required=False, widget=forms.HiddenInput)
    drafts = forms.CharField(widget=forms.HiddenInput, required=False, max_length=500)
    submission_key = forms.UUIDField(widget=forms.HiddenInput, required=False)
    seen = SeenField(required=False)

    def __init__(self, *args: Any, takes_note: bool, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["submission_key"].initial = uuid4
        self.question = ""
        if not takes_note:
            del self.fields["note"]

    def ask_first(self, question: str) -> None:
        """Show the form again with `question` above it."""
        self.question = question


def alone_form_for(conversation: Conversation, *, note: str, seen: datetime | None, draft: dict[str, Any]) -> AloneForm:
    """With the draft; `note` is what the thread would be told, and none is told without one."""
    initial = {"type": conversation.type or conversation.type_suggested, "note": note, "seen": seen}
    kept = {name.removeprefix("alone-"): value for name, value in draft.items()}
    initial |= {name: kept[name] for name in ("body", "link_need", "link_url") if name in kept}
    return AloneForm(takes_note=bool(note), initial=initial, prefix="alone")


class AnswerAloneForm(RefusableForm):
    """What the customer answers."""

    body = BodyField(*LIMITS, label="Your answer", widget=forms.Textarea(attrs={"rows": 5}))
    submission_key = forms.UUIDField(widget=forms.HiddenInput, required=False, initial=uuid4)


class PublicationForm(RefusableForm):
    body = BodyField(
        20, 5000, label="How it ended, as everybody would read it", widget=forms.Textarea(attrs={"rows": 4})
    )
