"""What a person fills in to review a product. The same form writes and changes; photos have a description each."""

from typing import Any, cast

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone

from community.members.models import Member
from community.members.text import LineField
from community.products.models import Product
from community.threads.fields import BodyField, TitleField
from community.threads.forms import REVIEW_BODY_LIMITS, REVIEW_TITLE_LIMITS
from community.threads.models import Post
from reviews.attributes import asked_about, rated
from reviews.models import FACTS, Review, ReviewAttribute
from reviews.models.attribute import HIGHEST, LOWEST
from reviews.models.review import EARLIEST_USE
from reviews.names import NameShown, name_samples
from reviews.photo_form import PhotosForm

STARS = [(number, f"{number} star{'s'[: number > 1]}") for number in range(1, 6)]
MIDDLE = 3
YES_OR_NO = [("yes", "Yes"), ("no", "No"), ("", "I’d rather not say")]
ANSWERS = {"yes": True, "no": False, "": None}
CHOOSE_STARS = "Choose 1 to 5 stars."
CHOOSE_STEP = "Choose one of the five steps, or “Can’t say”."


class ReviewForm(PhotosForm):
    """`opening` is the post to be changed, if there is one. `by` may be None: somebody who has yet to sign in.

    Each ReviewAttribute asked about `product` has a field `attribute_<pk>` with five steps.
    """

    stars = forms.TypedChoiceField(
        label="Your rating",
        choices=STARS,
        coerce=int,
        widget=forms.RadioSelect,
        error_messages={"required": CHOOSE_STARS, "invalid_choice": CHOOSE_STARS},
    )
    title = TitleField(
        *REVIEW_TITLE_LIMITS,
        label="Headline",
        help_text="The one thing others should know.",
        error_messages={"required": "Give it a headline."},
    )
    body = BodyField(
        *REVIEW_BODY_LIMITS,
        label="Your review",
        error_messages={"required": "Say what it is like, in at least 20 characters."},
        help_text="How have you used it, for how long, and what would you tell a friend?",
        widget=forms.Textarea(attrs={"rows": 8}),
    )
    pros = LineField(label="What’s good", max_length=300, required=False)
    cons = LineField(label="What could be better", max_length=300, required=False)
    recommends = forms.TypedChoiceField(
        label="Would you recommend it?",
        choices=YES_OR_NO,
        coerce=ANSWERS.get,
        empty_value=None,
        required=False,
        widget=forms.RadioSelect,
    )
    experience_date = forms.DateField(
        label="When did you use it?",
        help_text="The last day you did. It stands beside the day you publish.",
        required=False,
        input_formats=["%Y-%m-%d"],
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
        error_messages={"invalid": "This is no day of the calendar. Write it like 2026-03-15."},
    )
    name_shown = forms.ChoiceField(label="Your name on the review", choices=NameShown, widget=forms.RadioSelect)
    base_version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(
        self, *args: Any, by: Member | None, product: Product, opening: Post | None = None, **options: Any
    ) -> None:
        options["initial"] = _facts_of(opening) | (options.get("initial") or {})
        super().__init__(*args, by=by, post=opening, **options)
        self.asked = asked_about(product)
        self.fields |= {_name_of(attribute): _scale(attribute) for attribute in self.asked}
        self._offer_names()
        self.fields["experience_date"].widget.attrs["max"] = timezone.localdate().isoformat()

    @property
    def opening(self) -> Post | None:
        """The post that it changes."""
        return self.post

    @property
    def scales(self) -> list[tuple[ReviewAttribute, forms.BoundField]]:
        return [(attribute, self[_name_of(attribute)]) for attribute in self.asked]

    @property
    def names(self) -> list[tuple[forms.boundfield.BoundWidget, str]]:
        """Each choice of a name, labelled with how it reads, and what the choice is called."""
        return list(zip(self["name_shown"], NameShown.labels, strict=True))

    @property
    def attributes(self) -> dict[int, int]:
        """What was said of them: attribute's pk → 1 to 5."""
        said = {attribute.pk: self.cleaned_data.get(_name_of(attribute)) for attribute in self.asked}
        return {pk: value for pk, value in said.items() if value}

    @property
    def sent(self) -> dict[str, Any]:
        """What the verbs take, of a valid form."""
        words = {name: self.cleaned_data[name] for name in (*FACTS, "title", "body", "name_shown", "photos")}
        return words | {"by": self.by, "attributes": self.attributes}

    def clean_experience_date(self) -> Any:
        day = self.cleaned_data["experience_date"]
        if day and day > timezone.localdate():
            raise ValidationError("This day has not come yet. Give the day you used it.")
        if day and day < EARLIEST_USE:
            raise ValidationError(f"Give a day since {EARLIEST_USE.year}. Write it like 2026-03-15.")
        return day

    def full_clean(self) -> None:
        """What is no day of the calendar is shown as it was typed; a browser's date field would show nothing."""
        super().full_clean()
        if self.has_error("experience_date", "invalid"):
            widget = cast(forms.DateInput, self.fields["experience_date"].widget)
            widget.input_type = "text"
            widget.attrs.pop("max", None)

    def _offer_names(self) -> None:
        field = cast(forms.ChoiceField, self.fields["name_shown"])
        field.initial = NameShown.FULL
        if self.by:
            field.choices = name_samples(self.by.display_name, self.by.username)


class UpdateForm(PhotosForm):
    """What a reviewer adds later. It has no stars: those are changed in the review, which keeps what it said."""

    body = BodyField(
        *REVIEW_BODY_LIMITS,
        label="What has changed since?",
        error_messages={"required": "Say what time has shown, in at least 20 characters."},
        help_text="How has it held up? Would you buy it again?",
        widget=forms.Textarea(attrs={"rows": 8}),
    )


def _facts_of(opening: Post | None) -> dict[str, Any]:
    if opening is None:
        return {}
    review: Review = opening.thread.review
    words = {answer: word for word, answer in ANSWERS.items()}
    facts = review.facts() | {"recommends": words[review.recommends], "name_shown": review.name_shown}
    facts |= {f"attribute_{pk}": value for pk, value in rated(review).items()}
    return facts | {"title": opening.thread.title, "body": opening.body, "base_version": opening.version}


def _name_of(attribute: ReviewAttribute) -> str:
    return f"attribute_{attribute.pk}"


def _scale(attribute: ReviewAttribute) -> forms.TypedChoiceField:
    """Five steps, of which the first, the last and perhaps the middle have a name; or none of them."""
    named = {LOWEST: attribute.low_label, MIDDLE: attribute.middle_label, HIGHEST: attribute.high_label}
    steps = [(step, named.get(step, "")) for step in range(LOWEST, HIGHEST + 1)]
    return forms.TypedChoiceField(
        label=attribute.name,
        choices=[*steps, ("", "Can’t say")],
        coerce=int,
        empty_value=None,
        required=False,
        widget=forms.RadioSelect,
        error_messages={"invalid_choice": CHOOSE_STEP},
    )
