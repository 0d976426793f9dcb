"""Drafts: what somebody was writing, so that a closed tab or an expired session loses nothing."""

import re
from collections.abc import Mapping
from datetime import timedelta

from django.core.exceptions import ValidationError
from django.utils import timezone

from community.members.models import Member
from community.threads.models import Draft, Post

PLACE = re.compile(r"[a-z_]{1,30}(?::[\w-]{1,28})?")
KEEP = timedelta(days=180)
LARGEST = 64_000
AT_MOST = 100

Fields = Mapping[str, str | list[str]]


def save_draft(*, by: Member, place: str, fields: Fields) -> bool:
    """Keep `fields` as what `by` was writing at `place` (“question”, “answer:12”). False if it was kept already.

    Raises ValidationError for a malformed place or more than 64,000 characters. A member keeps the newest 100 drafts.
    """
    if not PLACE.fullmatch(place):
        raise ValidationError("This draft names no place.")
    kept = {name.replace("\0", ""): _without_nul(value) for name, value in fields.items()}
    if sum(len(name) + sum(map(len, value)) for name, value in kept.items()) > LARGEST:
        raise ValidationError("This draft is too long to be kept.")
    if read_draft(by, place) == kept:
        return False
    Draft.objects.update_or_create(member=by, place=place, defaults={"fields": kept})
    by.drafts.filter(pk__in=by.drafts.order_by("-updated_at").values("pk")[AT_MOST : AT_MOST + 50]).delete()
    return True


def read_draft(member: Member, place: str) -> dict[str, str | list[str]]:
    """What `member` was writing at `place`; empty if nothing."""
    draft = Draft.objects.filter(member=member, place=place).first()
    return draft.fields if draft else {}


def discard_draft(*, by: Member, place: str) -> bool:
    """Forget it: posted, or thrown away. False if there was none."""
    deleted, _ = Draft.objects.filter(member=by, place=place.replace("\0", "")).delete()
    return deleted > 0


def read_edit_draft(member: Member, post: Post) -> dict[str, str | list[str]]:
    """What `member` was making of `post`, with the version it began from: a later edit by another is noticed."""
    draft = Draft.objects.filter(member=member, place__startswith=f"edit:{post.pk}-").order_by("-updated_at").first()
    return draft.fields | {"base_version": draft.place.rpartition("-")[2]} if draft else {}


def discard_edit_drafts(*, by: Member, post: Post) -> bool:
    """Forget what `by` was making of `post`, from whichever version."""
    deleted, _ = Draft.objects.filter(member=by, place__startswith=f"edit:{post.pk}-").delete()
    return deleted > 0


def purge_old_drafts() -> int:
    """Delete drafts nobody touched for 180 days. Says how many."""
    deleted, _ = Draft.objects.filter(updated_at__lt=timezone.now() - KEEP).delete()
    return deleted


def _without_nul(value: str | list[str]) -> str | list[str]:
    """PostgreSQL stores no NUL."""
    return value.replace("\0", "") if isinstance(value, str) else [part.replace("\0", "") for part in value]
