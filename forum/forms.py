"""What a person fills in to ask, to answer, and to file a question anew."""

from typing import Any

from django import forms
from django.urls import reverse_lazy

from community.members.models import Member
from community.threads.fields import BodyField, TitleField
from community.threads.forms import BODY_LIMITS, PostForm, RefusableForm
from community.threads.models import Post
from forum.asking import asked_before
from forum.detailing import tags_of
from forum.fields import CategoryField, ProductField, QuestionTagsField
from forum.models import Question


class QuestionForm(PostForm):
    """`by` may be None: somebody who has yet to sign in. `offered` is the slug of a product to offer in any case.

    `twin` is the question that has been asked under the same title, if that is what the form was refused for.
    """

    title = TitleField(
        label="Your question in one line",
        help_text="For example: How do I get pine resin off a waxed jacket?",
        widget=forms.TextInput(
            attrs={
                "autocomplete": "off",
                "data-suggestions": reverse_lazy("suggestions"),
            }
        ),
    )
    product = ProductField()
    category = CategoryField()
    body = BodyField(
        *BODY_LIMITS[Post.Kind.OPENING],
        label="The details",
        help_text="What have you tried, and what happened? Everybody reads this, so leave out order numbers.",
        widget=forms.Textarea(attrs={"rows": 8}),
    )
    tags = QuestionTagsField()
    is_different = forms.BooleanField(label="Mine is a different question. Post it anyway.", required=False)

    def __init__(self, *args: Any, by: Member | None, offered: str = "", **options: Any) -> None:
        super().__init__(*args, by=by, **options)  # type: ignore[arg-type]
        self.twin: Question | None = None
        fields: dict[str, Any] = self.fields
        fields["product"].offer(self.data.get("product", "") or offered)
        if by is None:
            del self.fields["new_photos"]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if cleaned.get("title") and not cleaned.get("is_different"):
            self.twin = asked_before(cleaned["title"], unless=cleaned.get("submission_key"))
        if self.twin:
            self.add_error("title", "This has been asked before.")
        return cleaned


class AnswerForm(PostForm):
    """`by` may be None: somebody who has yet to sign in."""

    body = BodyField(
        *BODY_LIMITS[Post.Kind.ANSWER],
        label="Your answer",
        widget=forms.Textarea(attrs={"rows": 6}),
    )

    def __init__(self, *args: Any, by: Member | None, **options: Any) -> None:
        super().__init__(*args, by=by, **options)  # type: ignore[arg-type]
        if by is None:
            del self.fields["new_photos"]


class DetailsForm(RefusableForm):
    """What `question` is filed under. Without `may_refile` only its tags."""

    product = ProductField()
    category = CategoryField()
    tags = QuestionTagsField()

    def __init__(self, *args: Any, question: Question, may_refile: bool, **options: Any) -> None:
        product = question.thread.product
        now = {"product": product.slug if product else "", "category": question.category.slug}
        options["initial"] = now | {"tags": tags_of(question.thread)}
        super().__init__(*args, **options)
        self.question = question
        fields: dict[str, Any] = self.fields
        fields["product"].offer(self.data.get("product", "") or now["product"])
        if not may_refile:
            del self.fields["product"], self.fields["category"]

    @property
    def details(self) -> dict[str, Any]:
        """As change_details takes them; what may not be changed stays."""
        stays = {"product": self.question.thread.product, "category": self.question.category}
        return stays | self.cleaned_data
