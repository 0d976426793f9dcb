"""What people type, made safe to keep and to show: no NUL, no hidden direction switches, no towers of accents."""

import re
import unicodedata
from typing import Any

from django import forms

_CONTROLS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
# Embeddings and overrides can make “exe.gpj” read as a picture; isolates, which Arabic and Hebrew writers use, stay.
_DIRECTION_SWITCHES = re.compile(r"[\u202a-\u202e]")
_INVISIBLE = re.compile(r"[\u00ad\u180e\u200b\u2060-\u2064\u2066-\u206f\ufeff\u115f\u1160\u3164\uffa0]")
MOST_MARKS = 4


def tidy(text: str) -> str:
    """`text` with \\n for line ends, no control characters, no direction overrides, at most 4 accents on a letter."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    text = _DIRECTION_SWITCHES.sub("", _CONTROLS.sub("", text))
    return text if text.isascii() else _without_towers(text)


def tidy_line(text: str) -> str:
    """One line of text: tidy, without invisible characters, spaces run together."""
    return " ".join(_INVISIBLE.sub("", tidy(text)).split())


def _without_towers(text: str) -> str:
    kept, marks = [], 0
    for character in text:
        marks = marks + 1 if unicodedata.category(character) in ("Mn", "Me") else 0
        if marks <= MOST_MARKS:
            kept.append(character)
    return "".join(kept)


class LineField(forms.CharField):
    """A title or a name: one tidy line."""

    def to_python(self, value: Any) -> str:
        return super().to_python(tidy_line(str(value or ""))) or ""


class TextField(forms.CharField):
    """Several lines. Line ends count as one character, as the browser counts them."""

    widget = forms.Textarea

    def to_python(self, value: Any) -> str:
        return super().to_python(tidy(str(value or ""))) or ""
