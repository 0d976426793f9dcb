"""What agents fill in at the desk."""

from typing import Any
from uuid import uuid4

from django import forms
from django.db.models import QuerySet
from django.utils.formats import date_format

from community.members.models import Member
from community.members.text import LineField, TextField
from community.moderation.models import Decision
from community.threads.fields import BodyField
from community.threads.forms import BODY_LIMITS, RefusableForm
from community.threads.models import Post
from staff.models import Conversation, ConversationType, Effect, Evidence
from staff.queue.forms import END_REASONS

KEPT = ("body", "link_need", "link_url", "below", "drafts")
"""The fields of a reply that a draft keeps."""
NOT_NEEDED = (*END_REASONS, "Something else")
CANT_TELL = ("", "I can't tell yet")


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
    below = forms.ModelChoiceField(
        Post.objects.none(),
        label="Where it stands",
        required=False,
        empty_label="As a reply to everybody",
        error_messages={"invalid_choice": "That post takes no comment. Reply to everybody instead."},
    )
    confirm_second = forms.BooleanField(required=False, widget=forms.HiddenInput)
    submission_key = forms.UUIDField(widget=forms.HiddenInput, required=False)
    drafts = forms.CharField(widget=forms.HiddenInput, required=False, max_length=500)
    seen = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=0)
    seen_message = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=0)

    def __init__(self, *args: Any, conversation: Conversation, reader: Member, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["submission_key"].initial = uuid4
        places = commentable(conversation, reader)
        self.fields["below"].queryset = places  # type: ignore[attr-defined]
        self.fields["below"].label_from_instance = name_place  # type: ignore[attr-defined]
        self.question = ""

    def ask_first(self, question: str) -> None:
        """Show the form again with `question` above it."""
        self.question = question


def commentable(conversation: Conversation, reader: Member) -> QuerySet[Post]:
    """What the company may comment on: the opening and the answers that `reader` can see published."""
    posts = Post.objects.visible_to(reader).published().filter(thread=conversation.thread_id)
    posts = posts.exclude(kind__in=(Post.Kind.COMMENT, Post.Kind.UPDATE))
    return posts.select_related("author", "thread").order_by("created_at", "pk")


def name_place(post: Post) -> str:
    what = "first message" if post.is_opening else "answer"
    return f"As a comment below {post.author.name}'s {what}, {date_format(post.created_at, 'j M, H:i')}"


def reply_form_for(conversation: Conversation, reader: Member, draft: dict[str, Any]) -> ReplyForm:
    """With what `reader` had begun to write."""
    kept = {name: value for name, value in draft.items() if name in KEPT}
    initial = {"type": conversation.type or conversation.type_suggested} | kept
    return ReplyForm(initial=initial, conversation=conversation, reader=reader)


class NoteForm(forms.Form):
    body = TextField(label="Note for colleagues", max_length=5000, widget=forms.Textarea(attrs={"rows": 2}))


class EndForm(forms.Form):
    """What both ways to end have: words, and what the agent had on the page."""

    because = LineField(label="In your own words", max_length=150, required=False)
    seen = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=0)
    seen_message = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=0)

    @property
    def values(self) -> dict[str, Any]:
        """What the verbs of staff.closing take."""
        kept = self.cleaned_data
        return {"because": kept["because"], "seen_post": kept["seen"], "seen_message": kept["seen_message"]}


class NoReplyForm(EndForm):
    """Why a waiting customer gets no reply: one of a few reasons, words of one's own, or both."""

    why = forms.ChoiceField(
        label="Why does this need no reply?",
        choices=[(reason, reason) for reason in NOT_NEEDED],
        required=False,
        widget=forms.RadioSelect,
    )

    field_order = ("why", "because")

    def clean(self) -> None:
        why, words = self.cleaned_data.get("why", ""), self.cleaned_data.get("because", "")
        named = "" if why == NOT_NEEDED[-1] else why
        if not (named or words) and not self.errors:
            self.add_error("because" if why else "why", "Say why no reply is needed: colleagues will read it.")
        self.cleaned_data["because"] = ": ".join(part for part in (named, words) if part)


class CloseForm(EndForm):
    """What our last reply did for the relationship, as far as the agent can tell."""

    effect = forms.ChoiceField(
        label="What did our reply do for the relationship?",
        choices=[*((e.value, e.label) for e in Effect if e != Effect.UNKNOWN), CANT_TELL],
        required=False,
        widget=forms.RadioSelect,
    )

    field_order = ("effect", "because")

    @property
    def values(self) -> dict[str, Any]:
        return super().values | {"effect": self.cleaned_data["effect"]}


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

    def __init__(self, *args: Any, post: Post | None = None, **options: Any) -> None:
        super().__init__(*args, **options)
        if post is None:
            return
        words_of_asker = Post.objects.published().filter(thread=post.thread_id, author=post.thread.author_id)
        self.fields["said_in"].queryset = words_of_asker  # type: ignore[attr-defined]


class DecisionForm(forms.Form):
    """`action` names the verb; a removal also names one of the fixed reasons."""

    action = forms.ChoiceField(choices=[(a, a) for a in ("publish", "keep", "remove", "restore")])
    reason = forms.ChoiceField(label="Reason", choices=Decision.Reason.choices, required=False)
    note = LineField(label="Note for other moderators", max_length=500, required=False)

    def clean(self) -> None:
        if self.cleaned_data.get("action") == "remove" and not self.cleaned_data.get("reason") and not self.errors:
            self.add_error("reason", "Choose one of the reasons: the author will read it.")
