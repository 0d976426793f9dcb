"""Dates, numbers and text out of strangers' files."""

import re
from datetime import UTC, datetime
from typing import Any

from django.utils import timezone
from django.utils.dateparse import parse_date, parse_datetime

_CONTROLS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")


def text_of(value: Any) -> str:
    """Text that every database takes: no control characters, no half characters."""
    text = value if isinstance(value, str) else "" if value is None else str(value)
    return _CONTROLS.sub("", text.encode("utf-8", "replace").decode("utf-8")).replace("\r\n", "\n")


def line_of(value: Any) -> str:
    return " ".join(text_of(value).split())


def moment_of(value: Any) -> datetime | None:
    """An ISO date, with or without time and zone (then UTC), or seconds since 1970. Never later than now."""
    try:
        found = _moment(value)
    except (ValueError, OverflowError, OSError):
        return None
    return min(found, timezone.now()) if found else None


def _moment(value: Any) -> datetime | None:
    if isinstance(value, int | float) and not isinstance(value, bool):
        return datetime.fromtimestamp(value, tz=timezone.get_default_timezone())
    text = str(value or "").strip()
    if re.fullmatch(r"\d{9,11}", text):
        return datetime.fromtimestamp(int(text), tz=timezone.get_default_timezone())
    found = parse_datetime(text.replace(" UTC", "Z"))
    if found is None and (day := parse_date(text[:10])) and len(text) == 10:
        found = datetime(day.year, day.month, day.day, 12)  # noqa: DTZ001 - made aware below
    if found is None:
        return None
    return found if timezone.is_aware(found) else found.replace(tzinfo=UTC)


def whole_of(value: Any) -> int | None:
    try:
        return max(-(2**31), min(2**31 - 1, int(value)))
    except (TypeError, ValueError, OverflowError):
        return None
