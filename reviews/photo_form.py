"""Photos on a form, one place for each, with what it shows: chosen here, or uploaded while somebody writes."""

from functools import cached_property
from typing import Any, NamedTuple
from uuid import UUID

from django import forms
from django.core.exceptions import ValidationError

from community.members.limits import TooSoon
from community.members.models import Member, TrustLevel
from community.members.text import LineField
from community.threads.attaching import PHOTOS_IN_A_POST, describe_photo, take_photo
from community.threads.fields import ACCEPTED
from community.threads.forms import PostForm
from community.threads.models import Attachment, Post, Status
from community.threads.screening import NEW_MEMBER_IMAGES, is_buyer
from community.threads.unsigned import named_photos

SLOTS = range(1, PHOTOS_IN_A_POST + 1)


class Described(NamedTuple):
    """A photo that the form has. `is_left_out`: by a draft, which can still be taken back."""

    photo: Attachment
    alt: str
    is_left_out: bool


class PhotosForm(PostForm):
    """`post` is what is to be changed, if anything. `by` may be None: somebody who has yet to sign in."""

    def __init__(self, *args: Any, by: Member | None, post: Post | None = None, **options: Any) -> None:
        super().__init__(*args, by=by, **options)  # type: ignore[arg-type]  # what needs a member is overridden here
        self.post = post
        del self.fields["new_photos"]
        for slot in SLOTS if by else []:
            self.fields[f"photo_{slot}"] = forms.FileField(
                label=f"Photo {slot}", required=False, widget=forms.FileInput(attrs={"accept": ACCEPTED})
            )
            self.fields[f"photo_{slot}_alt"] = LineField(label="What it shows", max_length=200, required=False)

    @cached_property
    def kept_photos(self) -> list[Attachment]:
        """The review's photos, then those uploaded and not yet posted, without those that the form drops."""
        posted = list(self.post.attachments.all()) if self.post else []
        photos = posted + (super().kept_photos if self.by and self.by.pk else [])
        return [photo for photo in photos if f"drop_{photo.pk}" not in self.data]

    @property
    def described_photos(self) -> list[Described]:
        """Each with what it shows, as the form or its draft has it."""
        said = self.data if self.is_bound else self.initial
        return [
            Described(photo, said.get(f"alt_{photo.pk}", photo.alt), f"drop_{photo.pk}" in self.initial)
            for photo in self.kept_photos
        ]

    @property
    def carried(self) -> list[tuple[str, str]]:
        """Photos and what they show, to be sent along by somebody whose session ended while they wrote."""
        return [] if self.by else named_photos(self.data)

    @cached_property
    def most_photos(self) -> int:
        """As many as screening lets them post. Who has no row yet was invited, for an order."""
        is_new = self.by is not None and self.by.trust_level == TrustLevel.NEW and not self.by.is_responder
        is_capped = self.by and self.by.pk and is_new and not is_buyer(self.by)
        return NEW_MEMBER_IMAGES if is_capped else PHOTOS_IN_A_POST

    @property
    def free_slots(self) -> list[tuple[forms.BoundField, forms.BoundField]]:
        """A file field and its description for each photo that may still be added."""
        has = len(self.kept_photos)
        slots = SLOTS[: max(0, self.most_photos - has)] if self.by else []
        for slot in slots:
            self[f"photo_{slot}"].label = f"Photo {has + slot}"
        return [(self[f"photo_{slot}"], self[f"photo_{slot}_alt"]) for slot in slots]

    @property
    def key(self) -> UUID | None:
        return self.cleaned_data["submission_key"]

    def describe_photos(self) -> None:
        """Keep what was said of each photo, but for those of a deleted review: they can't be changed."""
        is_deleted = self.post is not None and self.post.status == Status.WITHDRAWN
        for one in self.described_photos:
            if self.by and not (is_deleted and one.photo.post_id):
                describe_photo(by=self.by, photo=one.photo, alt=one.alt)

    def clean(self) -> dict[str, Any]:
        cleaned = super(PostForm, self).clean() or self.cleaned_data
        for slot in SLOTS if self.by and self.by.pk else []:
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
