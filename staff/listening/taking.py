"""Taking in what was said elsewhere: a Mention, and a conversation for it in the same queue as all others."""

from datetime import datetime
from hashlib import sha256
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.db import transaction
from django.utils import timezone

from staff.history import log_event
from staff.listening.keywords import Listened, listened_for
from staff.listening.wording import LONGEST_AUTHOR, LONGEST_TITLE, plain_line, plain_text
from staff.models import Conversation, Mention, Source
from staff.triage.running import look_at
from staff.triage.tone import tone_of

LONGEST_ID = 255
LONGEST_URL = 1000
LONGEST_AUTHOR_URL = 500
OLDEST_YEAR = 1990  # what is older is a mistake, and the year 1 fits no database
_is_web_address = URLValidator(schemes=["http", "https"])


@transaction.atomic
def take(
    *,
    source: Source,
    external_id: str,
    text: str,
    url: str = "",
    author: str = "",
    author_url: str = "",
    title: str = "",
    published_at: datetime | None = None,
    seen_at: datetime | None = None,
    listened: Listened | None = None,
) -> Mention:
    """Keep what was said, and open its conversation. The same (`source`, `external_id`) again changes nothing.

    `text` and `title` may be HTML; plain text is kept. Raises ValidationError where there is nothing to keep.
    `seen_at` is now unless it is brought along; `listened` spares reading the words when many are taken in a row.
    """
    name = name_of(external_id, url)
    listened = listened or listened_for()
    values = _read(title, text, listened) | {
        "url": web_address(url, LONGEST_URL),
        "author": plain_line(author, LONGEST_AUTHOR),
        "author_url": web_address(author_url, LONGEST_AUTHOR_URL),
        "published_at": min(published_at, timezone.now())
        if published_at and published_at.year >= OLDEST_YEAR
        else None,
        "seen_at": seen_at or timezone.now(),
    }
    mention, is_new = Mention.objects.get_or_create(source=source, external_id=name, defaults=values)
    if is_new:
        _open(mention, listened)
    return mention


def _read(title: str, text: str, listened: Listened) -> dict[str, Any]:
    """The words as they are kept, their tone, and what we listen for in them."""
    words = {"title": plain_line(title, LONGEST_TITLE), "text": plain_text(text)}
    whole = "\n".join(filter(None, words.values()))
    if not whole:
        raise ValidationError("There is nothing to read in it. Give it a text.")
    return words | {"tone": tone_of(whole), "keywords": listened.find(whole)}


def is_worth_taking(listened: Listened, title: str, text: str) -> bool:
    """A feed brings what is about anything; only what holds a word that we listen for is taken."""
    return bool(listened.find(f"{plain_line(title, LONGEST_TITLE)}\n{plain_text(text)}"))


def name_of(external_id: str, url: str) -> str:
    """The place's own name for it, else its address. Raises ValidationError without either; a long one is hashed."""
    name = plain_line(external_id, 4000) or plain_line(url, 4000)
    if not name:
        raise ValidationError("It needs a name of its own or an address, so that it is not taken twice.")
    return name if len(name) <= LONGEST_ID else f"sha256:{sha256(name.encode()).hexdigest()}"


def web_address(url: str, most: int) -> str:
    """`url` if a person may be sent there, else nothing: what was said is worth keeping without its address."""
    url = url.strip()
    try:
        _is_web_address(url)
    except ValidationError:
        return ""
    return url if len(url) <= most and url.isprintable() else ""  # half a character, or one that turns the direction


def _open(mention: Mention, listened: Listened) -> None:
    conversation = Conversation.objects.create(
        mention=mention,
        subject=(mention.title or " ".join(mention.text.split()))[:200],
        customer_name=mention.author,
        product_id=listened.product_in(mention.keywords),
        state=Conversation.State.SETTLED,
        asked_at=mention.seen_at,
        opened_at=mention.seen_at,
    )
    log_event(conversation, f"Heard: {mention.source.name}", by_pk=None, at=mention.seen_at)
    look_at(conversation, now=mention.seen_at)
