"""Markdown to clean HTML, once, when a text is written. Nothing a person typed reaches a page by another way."""

import re

import nh3
from markdown_it import MarkdownIt

from community.members.names import USERNAME_PATTERN

MENTION = re.compile(rf"(?<![\w@/.])@({USERNAME_PATTERN})")
ALLOWED_SCHEMES = re.compile(r"^(https?:|mailto:|/(?!/))", re.IGNORECASE)
_UNSEEN = re.compile(r"[\s\x00-\x20\x7f-\x9f\u200b-\u200f\u202a-\u202e\ufeff]")
_TAGS = {
    "p", "br", "hr", "em", "strong", "s", "code", "pre", "blockquote", "ul", "ol", "li", "a", "img",
    "h3", "h4", "table", "thead", "tbody", "tr", "th", "td",
}  # fmt: skip
_ATTRIBUTES = {"a": {"href", "title"}, "img": {"src", "alt", "title", "width", "height", "loading"}, "ol": {"start"}}
_markdown = MarkdownIt("commonmark", {"linkify": True, "html": False}).enable(["linkify", "table", "strikethrough"])


def render(text: str, *, is_trusted: bool = False) -> str:
    """Clean HTML of `text` (Markdown, at most 32,000 characters: callers refuse longer input first).

    `is_trusted` members' links (trust level 3 and staff) go without nofollow (facts/limits.md).
    """
    rel = "ugc noopener" if is_trusted else "nofollow ugc noopener"
    return nh3.clean(
        _markdown.render(text),
        tags=_TAGS,
        attributes=_ATTRIBUTES,
        attribute_filter=_keep_safe_address,
        link_rel=rel,
    )


def _keep_safe_address(tag: str, attribute: str, value: str) -> str | None:
    """Drop an href or src whose scheme is not http(s), mailto or a path of this site. Images come from this site only."""
    if attribute not in ("href", "src"):
        return value
    bare = _UNSEEN.sub("", value)
    if tag == "img":
        return value if bare.startswith("/media/") else None
    return value if ALLOWED_SCHEMES.match(bare) else None
