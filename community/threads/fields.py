"""The fields of a post: title, body, tags and photos, with their limits."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from community.members.text import LineField, TextField, tidy_line

ACCEPTED = "image/jpeg,image/png,image/webp,image/gif"
MOST_TAGS = 5
SHORTEST_TAG, LONGEST_TAG = 2, 30


class TitleField(LineField):
    """One line of 15 to 150 characters, unless told otherwise."""

    def __init__(self, minimum: int = 15, maximum: int = 150, **options: Any) -> None:
        super().__init__(min_length=minimum, max_length=maximum, **options)


class BodyField(TextField):
    """Markdown. The minimum counts what can be seen; the maximum is checked before anything reads the text."""

    def __init__(self, minimum: int, maximum: int, **options: Any) -> None:
        self.minimum, self.maximum = minimum, maximum
        super().__init__(max_length=maximum, **options)

    def to_python(self, value: Any) -> str:
        if len(str(value or "")) > 2 * self.maximum:  # line ends may come as two characters
            raise ValidationError(f"This is too long: at most {self.maximum:,} characters.")
        return super().to_python(value)

    def validate(self, value: str) -> None:
        super().validate(value)
        seen = len(tidy_line(value))
        if value and seen < self.minimum:
            raise ValidationError(f"Please write at least {self.minimum} characters. This has {seen}.")


class TagsField(forms.Field):
    """Tags with commas between, cleaned to a list. “Wool” and “wool” are one."""

    widget = forms.TextInput

    def to_python(self, value: Any) -> list[str]:
        words = (tidy_line(word) for word in str(value or "").split(","))
        return list({word.casefold(): word for word in words if word}.values())

    def prepare_value(self, value: Any) -> Any:
        return ", ".join(value) if isinstance(value, list) else value

    def validate(self, value: list[str]) -> None:
        super().validate(value)
        if len(value) > MOST_TAGS:
            raise ValidationError(f"Use at most {MOST_TAGS} tags. These are {len(value)}.")
        for word in value:
            if not SHORTEST_TAG <= len(word) <= LONGEST_TAG:
                raise ValidationError(f"“{word[:40]}”: a tag has {SHORTEST_TAG} to {LONGEST_TAG} characters.")


class FilesInput(forms.ClearableFileInput):
    """A file input that takes several; it never shows what is kept already."""

    allow_multiple_selected = True
    template_name = "django/forms/widgets/file.html"


class FilesField(forms.FileField):
    """Several uploads, cleaned to a list. What they are is for the verb to judge."""

    def __init__(self, **options: Any) -> None:
        super().__init__(widget=FilesInput(attrs={"accept": ACCEPTED, "multiple": True}), required=False, **options)

    def clean(self, data: Any, initial: Any = None) -> list[Any]:
        return [upload for upload in data or [] if upload]
