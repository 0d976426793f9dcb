"""What agents fill in at the desk."""

from typing import Any
from uuid import uuid4

from django import forms

from community.members.text import LineField, TextField
from community.moderation.models import Decision
from community.threads.fields import BodyField
from community.threads.forms import BODY_LIMITS, RefusableForm
from community.threads.models import Post
from staff.models import Conversation, ConversationType, Effect, Evidence


class ReplyForm(RefusableForm):
    """The reply and what goes with it. `seen` is the last post on the page: what came later is shown before sending."""

    body = BodyField(
        *BODY_LIMITS[Post.Kind.ANSWER],
        label="Your reply, as the company",
        widget=forms.Textarea(attrs={"rows": 6, "data-key": "r"}),
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
        help_text="A page of ours or anybody's. We count who opens it.",
    )
    is_holding = forms.BooleanField(
        label="Holding reply: we are still looking into it",
        required=False,
        help_text="Counts as our first word and leaves the customer waiting for the real one.",
    )
    confirm_second = forms.BooleanField(required=False, widget=forms.HiddenInput)
    submission_key = forms.UUIDField(widget=forms.HiddenInput, required=False)
    seen = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=0)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["submission_key"].initial = uuid4
        self.question = ""

    def ask_first(self, question: str) -> None:
        """Show the form again with `question` above it."""
        self.question = question


def reply_form_for(conversation: Conversation, seen: int | None, draft: dict[str, Any]) -> ReplyForm:
    kept = {name: value for name, value in draft.items() if name in ("body", "link_need", "link_url")}
    return ReplyForm(initial={"type": conversation.type or conversation.type_suggested, "seen": seen} | kept)


class NoteForm(forms.Form):
    body = TextField(
        label="Note for colleagues", max_length=5000, widget=forms.Textarea(attrs={"rows": 2, "data-key": "n"})
    )


class EndForm(forms.Form):
    because = LineField(label="Why?", max_length=200, required=False)
    seen = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=0)

    @property
    def values(self) -> dict[str, Any]:
        """What the verbs of staff.closing take."""
        return {"because": self.cleaned_data["because"], "seen_post": self.cleaned_data["seen"]}


class EscalateForm(forms.Form):
    why = LineField(label="Why?", max_length=300, required=False)


class TypeForm(forms.Form):
    type = forms.ChoiceField(choices=ConversationType.choices)


class OutcomeForm(forms.Form):
    """A judgement by staff, or the customer's own words in one of their posts."""

    effect = forms.ChoiceField(choices=[(e.value, e.label) for e in Effect if e != Effect.UNKNOWN])
    evidence = forms.ChoiceField(
        choices=[(e.value, e.label) for e in (Evidence.STAFF_JUDGEMENT, Evidence.CUSTOMER_SAID)]
    )
    said_in = forms.ModelChoiceField(Post.objects.none(), required=False)
    words = LineField(max_length=300, required=False)

    def __init__(self, *args: Any, post: Post, **options: Any) -> None:
        super().__init__(*args, **options)
        words_of_asker = Post.objects.published().filter(thread=post.thread_id, author=post.thread.author_id)
        self.fields["said_in"].queryset = words_of_asker  # type: ignore[attr-defined]


class DecisionForm(forms.Form):
    """`action` names the verb; a removal also names one of the fixed reasons."""

    action = forms.ChoiceField(choices=[(a, a) for a in ("publish", "keep", "remove", "restore")])
    reason = forms.ChoiceField(label="Reason", choices=Decision.Reason.choices, required=False)
    note = LineField(label="Note for other moderators", max_length=500, required=False)
