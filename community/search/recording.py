"""Keeps a log of searches: what people look for, whether there was anything, and which result they opened."""

import logging
import re
from datetime import timedelta
from secrets import token_hex

from django.core.signing import BadSignature, Signer
from django.db import DatabaseError
from django.http import HttpRequest
from django.utils import timezone
from django.utils.safestring import SafeString, mark_safe

from community.members.visitors import is_robot
from community.search.filters import Filters
from community.search.models import SearchEntry

logger = logging.getLogger(__name__)
ENTRY = f"entry-{token_hex(8)}"  # stands in drawn results for the entry; nobody can write it into a post
KEPT_FOR = timedelta(days=365)
CLICKS_WITHIN = timedelta(days=1)
BATCH = 5_000
_PING = re.compile(r' ping="[^"]*"')
_PERSONAL = re.compile(r"\S+@\S+|\+?\d[\d\s().-]{5,}\d")
_signer = Signer(salt="search.entry")


def record(request: HttpRequest, text: str, filters: Filters, *, results: int) -> str:
    """Remember a search that a customer made, and return how to call it in public; empty when it is not counted.

    One insert. A database that can't take it now stops nobody from searching.
    """
    is_prefetch = "prefetch" in request.headers.get("Sec-Purpose", "").lower()
    if is_robot(request) or is_prefetch or getattr(request.user, "is_staff", False):
        return ""
    try:
        entry = SearchEntry.objects.create(text=without_persons(text), results=results, is_narrowed=filters.is_narrow)
    except DatabaseError:
        logger.warning("A search could not be logged.", exc_info=True)
        return ""
    return str(_signer.sign(str(entry.pk)))


def without_persons(text: str) -> str:
    """In small letters, with “…” for mail addresses and for numbers long enough to be somebody's."""
    return _PERSONAL.sub("…", text.casefold())[:300]


def with_entry(results: str, name: str) -> SafeString:
    """Drawn results that tell which of them was opened; without a name they don't."""
    return mark_safe(results.replace(ENTRY, name) if name else _PING.sub("", results))  # noqa: S308 - drawn here


def record_click(name: str, *, rank: int) -> bool:
    """Remember the place of the first result opened. False if there is no such entry of today, or one was opened."""
    try:
        key = int(_signer.unsign(name))
    except (BadSignature, ValueError):
        return False
    since = timezone.now() - CLICKS_WITHIN
    waiting = SearchEntry.objects.filter(pk=key, clicked_rank=None, created_at__gte=since)
    return bool(waiting.update(clicked_rank=rank))


def forget_old() -> int:
    """Delete what is older than a year; returns how many."""
    old = SearchEntry.objects.filter(created_at__lt=timezone.now() - KEPT_FOR)
    deleted = 0
    while keys := list(old.values_list("pk", flat=True)[:BATCH]):
        deleted += SearchEntry.objects.filter(pk__in=keys).delete()[0]
    return deleted
