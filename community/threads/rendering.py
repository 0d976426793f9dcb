"""Markdown to clean HTML, once, when a text is written. Nothing a person typed reaches a page by another way."""

import html
import re
from collections.abc import Iterable

import nh3
from django.conf import settings
from markdown_it.token import Token

from community.members.models import Member
from community.threads.markdown import parse, picture_addresses, shape, to_html
from community.threads.mentions import MENTION, find_members, link_mentions, names_in
from community.threads.models import Attachment

__all__ = ["MENTION", "mentioned_members", "mentioned_names", "plain_text", "render"]

ALLOWED_SCHEMES = re.compile(r"^(https?:|mailto:|/(?![/\\]))", re.IGNORECASE)
_UNSEEN = re.compile(r"[\s\x00-\x20\x7f-\x9f\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff]")
_TAGS = {
    "p", "br", "hr", "em", "strong", "s", "code", "pre", "blockquote", "ul", "ol", "li", "a", "img", "div",
    "h3", "h4", "h5", "h6", "table", "thead", "tbody", "tr", "th", "td",
}  # fmt: skip
_ATTRIBUTES = {
    "*": {"dir"},
    "a": {"href", "title", "class", "rel"},
    "div": {"class", "tabindex", "role", "aria-label"},
    "img": {"src", "alt", "title", "width", "height", "loading", "decoding"},
    "ol": {"start"},
    "pre": {"tabindex"},
    "td": {"class"},
    "th": {"class"},
}


def render(text: str, *, is_trusted: bool = False, members: dict[str, Member] | None = None) -> str:
    """Clean HTML of `text` (Markdown, at most 32,000 characters: callers refuse longer input first).

    `is_trusted` members' links (trust level 3 and staff) go without nofollow. One query if the text
    mentions somebody, unless `members` (find_members) is given; one if it shows photos. 2 ms a kilobyte.
    """
    tokens = parse(text)
    rel = "ugc noopener" if is_trusted else "nofollow ugc noopener"
    tokens = shape(tokens, rel=rel, photos=_photos(tokens), text=text)
    if "@" in text:
        link_mentions(tokens, find_members(names_in(tokens)) if members is None else members)
    return nh3.clean(
        to_html(tokens), tags=_TAGS, attributes=_ATTRIBUTES, attribute_filter=_keep_safe_address, link_rel=None
    )


def mentioned_names(text: str) -> list[str]:
    """The names after an @, outside code and links."""
    return names_in(parse(text)) if "@" in text else []


def mentioned_members(text: str) -> list[Member]:
    """The active members whom `text` mentions, for telling them. One query."""
    return list(find_members(mentioned_names(text)).values())


def plain_text(source: str, limit: int = 0) -> str:
    """The words of rendered HTML on one line; with `limit`, at most so many characters, cut at a word with “…”."""
    text = " ".join(html.unescape(nh3.clean(source, tags=set())).split())
    if not limit or len(text) <= limit:
        return text
    cut = text[:limit]  # one more than will be shown, in case a word ends there
    return f"{cut.rpartition(' ')[0] or cut[:-1]}…"


def photo_names(addresses: Iterable[str]) -> dict[str, str]:
    """Stored file name by address, of those that are in this site's media."""
    media = settings.MEDIA_URL
    return {address: address.removeprefix(media) for address in addresses if address.startswith(media)}


def _photos(tokens: list[Token]) -> dict[str, Attachment]:
    names = photo_names(picture_addresses(tokens))
    if not names:
        return {}
    photos = {photo.large.name: photo for photo in Attachment.objects.filter(large__in=names.values())}
    return {address: photos[name] for address, name in names.items() if name in photos}


def _keep_safe_address(tag: str, attribute: str, value: str) -> str | None:
    """Drop an address that is not http(s), mailto or a path of this site. Pictures come from this site alone."""
    if attribute not in ("href", "src"):
        return value
    bare = _UNSEEN.sub("", value)
    if tag == "img":
        return value if bare.startswith(settings.MEDIA_URL) else None
    return value if ALLOWED_SCHEMES.match(bare) else None
