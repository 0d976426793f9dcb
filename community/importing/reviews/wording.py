"""The words of a review as Markdown, and a title where there is none: cut from its own words, never invented."""

import html
import re

from community.importing.converting import markdown_of_html
from community.importing.converting.escaping import escape, escape_line_starts
from community.importing.rows import BadRowError
from community.members.text import tidy, tidy_line
from community.threads.forms import REVIEW_TITLE_LIMITS

LONGEST_BODY = 32_000  # rendering takes 2 ms a thousand
LONGEST_DERIVED = 60
NO_TEXT, NO_WORDS = "*(no text)*", "A rating without words"
_TAGS = re.compile(r"</?(?:a|b|blockquote|br|div|em|h[1-6]|i|img|li|ol|p|span|strong|u|ul)\b[^<>]*>", re.IGNORECASE)
_BLOCKS = re.compile(r"<(?:blockquote|br|div|h[1-6]|li|ol|p|ul)\b", re.IGNORECASE)
_ENTITY = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|amp|apos|gt|lt|nbsp|quot);")
_SENTENCE = re.compile(r"(?<=[.!?])\s")


def markdown_of(text: str) -> str:
    """`text` means itself: what looks like Markdown in it stays as it is, HTML becomes Markdown."""
    text = tidy(text).strip()
    if len(text) > LONGEST_BODY:
        raise BadRowError("long_text")
    if _TAGS.search(text):
        return markdown_of_html(text if _BLOCKS.search(text) else _in_paragraphs(text)).strip()
    return _plain(_unescaped(text))


def title_and_body(title: str, text: str, *, is_markdown: bool = False) -> tuple[str, str]:
    """A title of at most 100 characters; a longer one ends in “…” and stands whole at the head of the text."""
    title = tidy_line(_unescaped(_TAGS.sub(" ", title)))
    body = text.strip() if is_markdown else markdown_of(text)
    whole = title or _first_words(_unescaped(_TAGS.sub(" ", text)))
    if len(whole) > REVIEW_TITLE_LIMITS[1]:
        body = f"**{escape(whole)}**\n\n{body}"
        whole = f"{whole[: REVIEW_TITLE_LIMITS[1] - 1].rstrip()}…"
    return whole or NO_WORDS, body or NO_TEXT


def _in_paragraphs(text: str) -> str:
    """As WordPress shows a text that has bold words, and line ends for paragraphs."""
    return "".join(f"<p>{part.strip().replace(chr(10), '<br>')}</p>" for part in re.split(r"\n\s*\n", text))


def _plain(text: str) -> str:
    """Each line break of a plain text stays one."""
    lines = escape_line_starts(escape(text)).split("\n")
    return "\n".join(
        f"{line.strip()}\\" if line.strip() and number + 1 < len(lines) and lines[number + 1].strip() else line.strip()
        for number, line in enumerate(lines)
    )


def _first_words(text: str) -> str:
    text = tidy_line(text)
    first = _SENTENCE.split(text, 1)[0]
    if len(first) <= LONGEST_DERIVED:
        return first.rstrip(".")
    return f"{first[:LONGEST_DERIVED].rsplit(' ', 1)[0].rstrip('.,;:-– ')}…"


def _unescaped(text: str) -> str:
    return html.unescape(text) if _ENTITY.search(text) else text
