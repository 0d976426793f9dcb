"""What people fill in to post: text, photos, and the key that makes a double click one post."""

from collections.abc import Callable
from functools import cached_property
from typing import Any, TypeVar
from uuid import uuid4

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict

from community.members.limits import TooSoon
from community.members.models import Member
from community.threads.attaching import PHOTOS_IN_A_POST, describe_photo, take_photo, text_without
from community.threads.fields import BodyField, FilesField, TitleField
from community.threads.models import Attachment, Post, Thread

REVIEW_BODY_LIMITS = (20, 10_000)
BODY_LIMITS = {
    Post.Kind.OPENING: (20, 32_000),
    Post.Kind.ANSWER: (10, 32_000),
    Post.Kind.COMMENT: (5, 1_000),
    Post.Kind.UPDATE: REVIEW_BODY_LIMITS,
}
REVIEW_TITLE_LIMITS = (1, 100)

Made = TypeVar("Made")


class RefusableForm(forms.Form):
    """A form whose act can still be refused: every refusal becomes one of its errors, and the text stays."""

    retry_after: int | None = None

    def attempt(self, act: Callable[[], Made]) -> Made | None:
        """What `act` returns; None if it was refused for a cap or a rate. Call it on a valid form."""
        try:
            return act()
        except ValidationError as error:
            self.add_error(None, error)
        except TooSoon as error:
            self.retry_after = error.retry_after_seconds
            self.add_error(None, str(error))
        return None


class PostForm(RefusableForm):
    """`cleaned_data["photos"]` holds the writer's photos: those uploaded before (`photos`) and with this form."""

    new_photos = FilesField(
        label="Photos", help_text=f"At most {PHOTOS_IN_A_POST}, each up to 10 MB: JPEG, PNG, WebP or GIF."
    )
    submission_key = forms.UUIDField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, by: Member, **options: Any) -> None:
        super().__init__(*args, **options)
        self.by = by
        self.fields["submission_key"].initial = uuid4

    @cached_property
    def kept_photos(self) -> list[Attachment]:
        """Uploaded by the writer, not yet posted, and named by the form or its draft, without those to take out."""
        kept = [photo for photo in self._named_photos if f"drop_{photo.pk}" not in self.data]
        for photo in kept:
            describe_photo(by=self.by, photo=photo, alt=self.data.get(f"alt_{photo.pk}", photo.alt))
        return kept

    @property
    def dropped_photos(self) -> list[Attachment]:
        return [photo for photo in self._named_photos if f"drop_{photo.pk}" in self.data]

    @cached_property
    def _named_photos(self) -> list[Attachment]:
        named = self.data.getlist("photos") if isinstance(self.data, QueryDict) else self.initial.get("photos", [])
        named = [named] if isinstance(named, str) else named  # a draft keeps one value as it is
        pks = [int(pk) for pk in named if str(pk).isdecimal() and len(str(pk)) < 18]
        ours = {photo.pk: photo for photo in Attachment.objects.filter(uploader=self.by, post=None, pk__in=pks)}
        return [ours[pk] for pk in dict.fromkeys(pks) if pk in ours]

    @property
    def posted_count(self) -> int:
        """How many photos the post has already."""
        return 0

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if self.dropped_photos and cleaned.get("body"):
            cleaned["body"] = text_without(cleaned["body"], self.dropped_photos)
        uploads = cleaned.get("new_photos") or []
        if self.posted_count + len(self.kept_photos) + len(uploads) > PHOTOS_IN_A_POST:
            self.add_error("new_photos", f"A post can have at most {PHOTOS_IN_A_POST} photos.")
        else:
            for upload in uploads:
                self._take(upload)
        return cleaned | {"photos": self.kept_photos}

    def _take(self, upload: Any) -> None:
        try:
            self.kept_photos.append(take_photo(by=self.by, upload=upload))
        except ValidationError as error:
            self.add_error("new_photos", f"{upload.name}: {error.messages[0]}")
        except TooSoon as error:
            self.add_error("new_photos", str(error))


class AnswerForm(PostForm):
    body = BodyField(*BODY_LIMITS[Post.Kind.ANSWER], label="Your answer")


class CommentForm(RefusableForm):
    body = BodyField(*BODY_LIMITS[Post.Kind.COMMENT], label="Your comment", widget=forms.Textarea(attrs={"rows": 3}))
    submission_key = forms.UUIDField(widget=forms.HiddenInput, required=False, initial=uuid4)


class EditForm(PostForm):
    """`post` as its editor found it. Limits follow its kind; only an opening has a title."""

    title = TitleField()
    body = BodyField(1, 32_000, label="Text")
    base_version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, post: Post, **options: Any) -> None:
        initial = {"title": post.thread.title, "body": post.body, "base_version": post.version}
        options["initial"] = initial | (options.get("initial") or {})
        super().__init__(*args, **options)
        self.post = post
        is_review = post.is_opening and post.thread.kind == Thread.Kind.REVIEW
        limits = REVIEW_BODY_LIMITS if is_review else BODY_LIMITS[Post.Kind(post.kind)]
        self.fields["body"] = BodyField(*limits, label="Text")
        if is_review:
            self.fields["title"] = TitleField(*REVIEW_TITLE_LIMITS)
        if not post.is_opening:
            del self.fields["title"]
        if post.kind == Post.Kind.COMMENT:
            del self.fields["new_photos"]

    @cached_property
    def posted_photos(self) -> list[Attachment]:
        return list(self.post.attachments.select_related("post__thread"))

    @property
    def dropped_photos(self) -> list[Attachment]:
        return [photo for photo in self.posted_photos if f"drop_{photo.pk}" in self.data]

    @property
    def alts(self) -> dict[Attachment, str]:
        """What the photos that stay show, as described now."""
        stay = [photo for photo in self.posted_photos if photo not in self.dropped_photos]
        return {photo: self.data.get(f"alt_{photo.pk}", photo.alt) for photo in stay}

    @property
    def posted_count(self) -> int:
        return len(self.posted_photos) - len(self.dropped_photos)


class PreviewForm(forms.Form):
    """Whatever has been written so far; only length is a reason to refuse."""

    body = BodyField(0, 32_000, required=False)
