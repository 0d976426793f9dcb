"""Marks the words that raised a reason in the HTML of the post that holds them."""

import re
from collections.abc import Iterable
from html import escape

from django.utils.safestring import SafeString, mark_safe

_TAG = re.compile(r"(<[^>]*>)")


def mark_words(html: str, words: Iterable[str]) -> SafeString:
    """`html` (cleaned, from Post.body_html) with the first place of each of `words` in a <mark>.

    Only text between tags is touched: the result is as safe as what came in. Words that formatting splits stay plain.
    """
    for wanted in dict.fromkeys(word for word in words if word.strip()):
        html = _mark_first(html, wanted)
    return mark_safe(html)  # noqa: S308 - cleaned when written; only <mark> is added


def _mark_first(html: str, wanted: str) -> str:
    pattern = re.compile(r"\s+".join(re.escape(escape(part, quote=False)) for part in wanted.split()), re.IGNORECASE)
    pieces = _TAG.split(html)
    for place, piece in enumerate(pieces):
        if not piece.startswith("<") and (match := pattern.search(piece)):
            pieces[place] = f"{piece[: match.start()]}<mark>{match.group()}</mark>{piece[match.end() :]}"
            return "".join(pieces)
    return html
