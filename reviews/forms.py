"""What a person fills in to review a product. The same form writes and changes; photos have a description each."""

from functools import cached_property
from typing import Any, cast
from uuid import UUID

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone

from community.members.limits import TooSoon
from community.members.models import Member, TrustLevel
from community.members.text import LineField
from community.products.models import Product
from community.threads.attaching import PHOTOS_IN_A_POST, describe_photo, take_photo
from community.threads.fields import ACCEPTED, BodyField, TitleField
from community.threads.forms import REVIEW_BODY_LIMITS, REVIEW_TITLE_LIMITS, PostForm
from community.threads.models import Attachment, Post, Status
from community.threads.screening import NEW_MEMBER_IMAGES
from community.threads.unsigned import named_photos
from reviews.attributes import asked_about, rated
from reviews.models import FACTS, Review, ReviewAttribute
from reviews.models.attribute import HIGHEST, LOWEST
from reviews.models.review import EARLIEST_USE
from reviews.names import NameShown, name_samples

SLOTS = range(1, PHOTOS_IN_A_POST + 1)
STARS = [(number, f"{number} star{'s'[: number > 1]}") for number in range(1, 6)]
YES_OR_NO = [("yes", "Yes"), ("no", "No"), ("", "I’d rather not say")]
ANSWERS = {"yes": True, "no": False, "": None}
CHOOSE_STARS = "Choose 1 to 5 stars."
CHOOSE_STEP = "Choose one of the five steps, or “Can’t say”."


class ReviewForm(PostForm):
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
        super().__init__(*args, by=by, **options)  # type: ignore[arg-type]  # what needs a member is overridden here
        self.opening = opening
        self.asked = asked_about(product)
        self.fields |= {_name_of(attribute): _scale(attribute) for attribute in self.asked}
        self._offer_names()
        self.fields["experience_date"].widget.attrs["max"] = timezone.localdate().isoformat()
        del self.fields["new_photos"]
        if by is not None:
            for slot in SLOTS:
                self.fields[f"photo_{slot}"] = forms.FileField(
                    label=f"Photo {slot}", required=False, widget=forms.FileInput(attrs={"accept": ACCEPTED})
                )
                self.fields[f"photo_{slot}_alt"] = LineField(label="What it shows", max_length=200, required=False)

    @cached_property
    def kept_photos(self) -> list[Attachment]:
        """The review's photos, then those uploaded and not yet posted, without those that the form drops."""
        posted = list(self.opening.attachments.all()) if self.opening else []
        photos = posted + (super().kept_photos if self.by else [])
        return [photo for photo in photos if f"drop_{photo.pk}" not in self.data]

    @property
    def described_photos(self) -> list[tuple[Attachment, str]]:
        """Each with what it shows, as the form or its draft has it."""
        said = self.data if self.is_bound else self.initial
        return [(photo, said.get(f"alt_{photo.pk}", photo.alt)) for photo in self.kept_photos]

    @property
    def carried(self) -> list[tuple[str, str]]:
        """Photos and what they show, to be sent along by somebody whose session ended while they wrote."""
        return [] if self.by else named_photos(self.data)

    @property
    def scales(self) -> list[tuple[ReviewAttribute, forms.BoundField]]:
        return [(attribute, self[_name_of(attribute)]) for attribute in self.asked]

    @property
    def attributes(self) -> dict[int, int]:
        """What was said of them: attribute's pk → 1 to 5."""
        said = {attribute.pk: self.cleaned_data.get(_name_of(attribute)) for attribute in self.asked}
        return {pk: value for pk, value in said.items() if value}

    @property
    def most_photos(self) -> int:
        """As many as screening lets them post."""
        is_new = self.by is not None and self.by.trust_level == TrustLevel.NEW and not self.by.is_responder
        return NEW_MEMBER_IMAGES if is_new else PHOTOS_IN_A_POST

    @property
    def free_slots(self) -> list[tuple[forms.BoundField, forms.BoundField]]:
        """A file field and its description for each photo that may still be added."""
        has = len(self.kept_photos)
        slots = SLOTS[: max(0, self.most_photos - has)] if self.by else []
        for slot in slots:
            self[f"photo_{slot}"].label = f"Photo {has + slot}"
        return [(self[f"photo_{slot}"], self[f"photo_{slot}_alt"]) for slot in slots]

    @property
    def sent(self) -> dict[str, Any]:
        """What the verbs take, of a valid form."""
        words = {name: self.cleaned_data[name] for name in (*FACTS, "title", "body", "name_shown", "photos")}
        return words | {"by": self.by, "attributes": self.attributes}

    @property
    def key(self) -> UUID | None:
        return self.cleaned_data["submission_key"]  # type: ignore[no-any-return]

    def describe_photos(self) -> None:
        """Keep what was said of each photo, but for those of a deleted review: they can't be changed."""
        is_deleted = self.opening is not None and self.opening.status == Status.WITHDRAWN
        for photo, alt in self.described_photos:
            if self.by and not (is_deleted and photo.post_id):
                describe_photo(by=self.by, photo=photo, alt=alt)

    def clean_experience_date(self) -> Any:
        day = self.cleaned_data["experience_date"]
        if day and day > timezone.localdate():
            raise ValidationError("This day has not come yet. Give the day you used it.")
        if day and day < EARLIEST_USE:
            raise ValidationError(f"Give a day since {EARLIEST_USE.year}. Write it like 2026-03-15.")
        return day

    def clean(self) -> dict[str, Any]:
        cleaned = super(PostForm, self).clean() or self.cleaned_data
        for slot in SLOTS if self.by else []:
            upload = cleaned.get(f"photo_{slot}")
            if upload:
                self._take_into(slot, upload, cleaned.get(f"photo_{slot}_alt", ""))
        return cleaned | {"photos": self.kept_photos}

    def _take_into(self, slot: int, upload: Any, alt: str) -> None:
        if len(self.kept_photos) >= self.most_photos:
            return self.add_error(f"photo_{slot}", f"You can add at most {self.most_photos} to a review.")
        try:
            self.kept_photos.append(take_photo(by=self.by, upload=upload, alt=alt))
            self._clear(f"photo_{slot}_alt")
        except ValidationError as error:
            self.add_error(f"photo_{slot}", f"{upload.name}: {error.messages[0]}")
        except TooSoon as error:
            self.add_error(f"photo_{slot}", str(error))
        return None

    def _clear(self, name: str) -> None:
        """Empty a field, should the form come back."""
        data: Any = self.data.copy()  # type: ignore[attr-defined]  # a QueryDict
        data[name] = ""
        self.data = data

    def _offer_names(self) -> None:
        field = cast(forms.ChoiceField, self.fields["name_shown"])
        field.initial = NameShown.FULL
        if self.by:
            labels = dict(NameShown.choices)
            samples = name_samples(self.by.display_name, self.by.username)
            field.choices = [(value, f"{sample} ({labels[value].lower()})") for value, sample in samples]


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
    named = {LOWEST: attribute.low_label, 3: attribute.middle_label, HIGHEST: attribute.high_label}
    steps = [(step, named.get(step) or f"{step} of {HIGHEST}") for step in range(LOWEST, HIGHEST + 1)]
    return forms.TypedChoiceField(
        label=attribute.name,
        choices=[*steps, ("", "Can’t say")],
        coerce=int,
        empty_value=None,
        required=False,
        widget=forms.RadioSelect,
        error_messages={"invalid_choice": CHOOSE_STEP},
    )
