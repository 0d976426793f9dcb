"""What other systems tell us of: JSON, signed with the source's own secret, read whole before anything is taken."""

import json
from datetime import UTC, datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.dateparse import parse_datetime

from staff.listening.keywords import listened_for
from staff.listening.taking import LONGEST_URL, name_of, take, web_address
from staff.listening.wording import plain_text
from staff.models import Mention, Source

MOST_MENTIONS = 50
WORDS = ("id", "url", "author", "author_url", "title", "text")


class UnclearError(Exception):
    """Why nothing was taken: sentences for who wrote the sender, one for each thing that is wrong."""

    def __init__(self, *sentences: str) -> None:
        super().__init__("; ".join(sentences))
        self.sentences = sentences


def hear(source: Source, body: bytes) -> dict[str, int]:
    """Take `{"mentions": [{"id", "url", "author", "author_url", "title", "text", "published_at"}]}`, at most 50.

    Counts: taken, known. All or nothing: raises UnclearError before anything is written.
    """
    told = [_told(place, one) for place, one in enumerate(_mentions(body))]
    problems = [problem for _, problem in told if problem]
    if problems:
        raise UnclearError(*problems)
    names = [name_of(values["external_id"], values["url"]) for values, _ in told]
    known = set(Mention.objects.filter(source=source, external_id__in=names).values_list("external_id", flat=True))
    listened = listened_for()
    with transaction.atomic():
        for values, _ in told:
            take(source=source, listened=listened, **values)
    fresh = len(set(names) - known)
    return {"taken": fresh, "known": len(names) - fresh}


def _mentions(body: bytes) -> list[Any]:
    try:
        told = json.loads(body)["mentions"]
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        raise UnclearError("Send JSON with a list called “mentions”.") from error
    if not isinstance(told, list) or not 0 < len(told) <= MOST_MENTIONS:
        raise UnclearError(f"“mentions” is a list of 1 to {MOST_MENTIONS}.")
    return told


def _told(place: int, one: Any) -> tuple[dict[str, Any], str]:
    """What `take` wants, and what is wrong with it."""
    if not isinstance(one, dict):
        return {}, f"mentions[{place}] is no object."
    words = {name: one.get(name) or "" for name in WORDS}
    odd = [name for name, value in words.items() if not isinstance(value, str)]
    if odd:
        return {}, f"mentions[{place}]: {', '.join(odd)} must be text."
    try:
        moment = _moment(one.get("published_at"))
        _require_sense(words)
    except ValidationError as error:
        return {}, f"mentions[{place}]: {error.messages[0]}"
    return {"external_id": words.pop("id"), **words, "published_at": moment}, ""


def _require_sense(words: dict[str, str]) -> None:
    name_of(words["id"], words["url"])
    if not plain_text(words["text"]):
        raise ValidationError("text is empty.")
    if words["url"] and not web_address(words["url"], LONGEST_URL):
        raise ValidationError("url is no web address.")


def _moment(value: Any) -> datetime | None:
    if value in (None, ""):
        return None
    try:
        found = parse_datetime(value) if isinstance(value, str) else None
    except ValueError:
        found = None
    if found is None:
        raise ValidationError("published_at is no date. Write it like 2026-11-20T14:30:00Z.")
    return found if found.tzinfo else found.replace(tzinfo=UTC)
