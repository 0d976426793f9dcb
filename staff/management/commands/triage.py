"""What triage makes of texts in a file: does it need a reply, why, and which type. Nothing is stored."""

import json
import sys
from argparse import ArgumentParser
from collections.abc import Iterator
from contextlib import nullcontext
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError

from staff.models import DeskSettings
from staff.triage.case import Words
from staff.triage.reading import words_of
from staff.triage.reading_text import lines
from staff.triage.trying import Tried, try_text

LONGEST = 100_000  # characters of one text


class BadLine(ValueError):  # noqa: N818 - reads as a word: raise BadLine(…)
    """A line that can't be judged, in words for who wrote it."""


class Command(BaseCommand):
    help = (
        "Reads one JSON object a line, {“id”, “text”, “parent”, “rating”, “brand”} (only “text” must be there), and "
        "prints one a line: {“id”, “needs_reply”, “score”, “reasons”, “type”}. Bad lines are told on stderr; the rest "
        "is printed all the same, and the command ends with 1."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--file", required=True, metavar="PATH", help="JSON lines in UTF-8; - for standard input.")
        parser.add_argument("--why", action="store_true", help="Add each reason's words, rule and weight.")

    def handle(self, *args: Any, **options: Any) -> None:
        words, bad = self._words(), 0
        with _opened(options["file"]) as file:
            for number, line in enumerate(_lines(file), 1):
                try:
                    given = _read(line) if line.strip() else None
                except BadLine as error:
                    bad += 1
                    self.stderr.write(f"Line {number}: {error}")
                    continue
                if given:
                    self.stdout.write(json.dumps(_judged(given, words, options["why"]), ensure_ascii=False))
        if bad:
            raise CommandError(f"{bad} line{'s'[: bad > 1]} could not be read; the others were.")

    def _words(self) -> Words:
        """The site's own; before there is a database, those that a site begins with."""
        try:
            return words_of(DeskSettings.current())
        except DatabaseError:
            self.stderr.write("There is no database yet (manage.py prepare): judged by the settings of a fresh site.")
            return Words(company=lines(DeskSettings().company_words))


def _opened(path: str) -> Any:
    if path == "-":
        return nullcontext(sys.stdin.buffer)
    try:
        return Path(path).open("rb")
    except OSError as error:
        raise CommandError(f"{path} can't be opened: {error.strerror}.") from error


def _lines(file: Any) -> Iterator[bytes]:
    """Bytes, so that one line that is not UTF-8 spoils no other."""
    return iter(file.readline, b"")


def _read(line: bytes) -> dict[str, Any]:
    """Raises BadLine."""
    try:
        given = json.loads(line.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        raise BadLine("This is not UTF-8.") from error
    except (ValueError, RecursionError) as error:
        raise BadLine("This is not JSON. Write one object a line.") from error
    if not isinstance(given, dict):
        raise BadLine("Write an object, for example {“text”: “Where is my parcel?”}.")
    if not isinstance(given.get("text"), str):
        raise BadLine("“text” is missing, or is no text.")
    return given | {"rating": _stars(given.get("rating")), "text": given["text"][:LONGEST]}


def _stars(rating: Any) -> int | None:
    """Raises BadLine."""
    if rating in (None, ""):
        return None
    try:
        stars = round(float(rating))
    except (TypeError, ValueError, OverflowError) as error:
        raise BadLine("“rating” is no number. Write 1 to 5 stars, or leave it out.") from error
    if not 1 <= stars <= 5:
        raise BadLine("“rating” must be 1 to 5 stars, or left out.")
    return stars


def _judged(given: dict[str, Any], words: Words, is_long: bool) -> dict[str, Any]:
    tried = try_text(
        given["text"],
        parent=_text(given.get("parent")),
        rating=given["rating"],
        brand=_text(given.get("brand")),
        words=words,
    )
    judged = {
        "id": given.get("id"),
        "needs_reply": tried.needs_reply,
        "score": tried.score,
        "reasons": [str(finding.kind) for finding in tried.findings],
        "type": str(tried.suggestion.type),
    }
    return judged | _why(tried) if is_long else judged


def _text(value: Any) -> str:
    """A parent may come as text, or as an object with a text."""
    if isinstance(value, dict):
        value = value.get("text")
    return value[:LONGEST] if isinstance(value, str) else ""


def _why(tried: Tried) -> dict[str, Any]:
    found = ({"words": f.evidence, "rule": f.rule, "weight": f.weight} for f in tried.findings)
    return {"why": list(found), "type_because": tried.suggestion.because}
