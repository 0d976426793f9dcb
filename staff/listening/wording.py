"""What was said elsewhere as plain text within what a Mention can hold."""

import re

from community.members.text import tidy, tidy_line
from community.notifications.html_reply import text_of_html

LONGEST_TEXT = 20_000
LONGEST_TITLE = 200
LONGEST_AUTHOR = 80
MOST_READ = 100_000  # characters of HTML that are looked at
_IS_HTML = re.compile(
    r"</?(?:p|br|a|div|span|b|i|em|strong|ul|ol|li|blockquote|img|h[1-6]|table|pre|code|figure|section|article|hr)\b[^<>]*>"
    r"|<!\[CDATA\[|&(?:amp|lt|gt|quot|nbsp|#\d{1,6}|#x[0-9a-f]{1,5});",
    re.IGNORECASE,
)
_LINK = re.compile(r"\[([^\[\]\n]*)\]\(https?://[^)\s\[]{0,2000}\)")


def plain_text(text: str) -> str:
    """At most 20,000 characters without any markup; paragraphs stay apart. Longer text ends in “…”."""
    return _cut(tidy(_unmarked(text[:MOST_READ])).strip(), LONGEST_TEXT)


def plain_line(text: str, most: int) -> str:
    return _cut(tidy_line(_unmarked(text[:MOST_READ])), most)


def _unmarked(text: str) -> str:
    """HTML's words without its links' addresses; what is no HTML stays as it is: “I <3 it” too."""
    return _LINK.sub(r"\1", text_of_html(text)) if _IS_HTML.search(text) else text


def _cut(text: str, most: int) -> str:
    return text if len(text) <= most else f"{text[: most - 1].rstrip()}…"
