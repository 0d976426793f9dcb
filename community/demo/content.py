"""The demo's texts, read from its data folder, and the moments in them, told from today."""

import json
import re
import tomllib
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID, uuid5

from django.utils import timezone

DATA = Path(__file__).parent / "data"
Row = dict[str, Any]
DAYS_TO_ANSWER = 24  # from the parcel to the review that an invitation asked for

_NAMESPACE = UUID("5ec0d000-c0de-4a1d-9a7a-a1de2a0d7a24")
_PAST = re.compile(r"(?:(\d+)d (\d\d):(\d\d)|(\d+)h)\Z")
_LATER = re.compile(r"\+(?:(\d+)d)?(?:(\d+)h)?(?:(\d+)m)?\Z")


def read(name: str) -> Row:
    """One TOML file of the data folder."""
    return tomllib.loads((DATA / f"{name}.toml").read_text("utf-8"))


def questions() -> list[Row]:
    """All 60, oldest file name first, each with its file's category."""
    files = [tomllib.loads(path.read_text("utf-8")) for path in sorted((DATA / "questions").glob("*.toml"))]
    return [{"category": file["category"], **row} for file in files for row in file["question"]]


def reviews() -> list[Row]:
    """The 600 of the CC0 collection, then those written for the demo, then those of buyers who were asked."""
    lines = (DATA / "reviews.jsonl").read_text("utf-8").splitlines()
    written = read("written_reviews")["review"] + [_asked(row) for row in read("trust")["buyer"] if "stars" in row]
    return [json.loads(line) for line in lines] + written


def _asked(buyer: Row) -> Row:
    """The review of somebody whom an invitation asked, ten days and more after it."""
    said = {name: buyer[name] for name in ("name", "stars", "title", "body")}
    at = f"{buyer['days_ago'] - DAYS_TO_ANSWER}d 18:20"
    facts = {"by": buyer_name(buyer), "product": buyer["products"][0], "at": at, "verified": True}
    return said | facts | {"recommends": buyer["stars"] > 2}


def buyer_name(buyer: Row) -> str:
    return str(buyer["name"].lower().replace(" ", "."))


def key_of(*parts: object) -> UUID:
    """The submission key of an opening: by it a later run knows what it has loaded, whatever was edited since."""
    return uuid5(_NAMESPACE, "|".join(str(part) for part in parts))


def moment(text: str, now: datetime, opened: datetime | None = None) -> datetime:
    """“12d 19:42” is that clock time twelve days ago, “5h” five hours ago, “+1d2h30m” that long after `opened`.

    Never later than `now`. Raises ValueError for anything else.
    """
    later = _LATER.match(text)
    if later and opened:
        days, hours, minutes = (int(part or 0) for part in later.groups())
        return min(now, opened + timedelta(days=days, hours=hours, minutes=minutes))
    past = _PAST.match(text)
    if not past:
        raise ValueError(f"{text!r} is no moment.")
    days_ago, hour, minute, hours_ago = past.groups()
    if hours_ago:
        return now - timedelta(hours=int(hours_ago))
    day = timezone.localtime(now) - timedelta(days=int(days_ago))
    return min(now, day.replace(hour=int(hour), minute=int(minute), second=0, microsecond=0))
