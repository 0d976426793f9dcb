"""Keeping a list of questions under a name of one's own, and letting it go."""

from typing import Any, NamedTuple

from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.db import transaction

from community.members.models import Member
from community.threads.permissions import can_take_part, require
from forum.models import SavedFilter

MOST = 30
SECONDS = 3600


class SavedList(NamedTuple):
    pk: int
    name: str
    query: str


def lists_of(member: Any) -> list[SavedList]:
    """By name. Mostly without a query: every list of questions asks."""
    if not member.is_authenticated or not member.pk:  # a stand-in has none
        return []
    return cache.get_or_set(_key(member), lambda: _read(member), SECONDS) or []


def _read(member: Member) -> list[SavedList]:
    return [SavedList(*row) for row in SavedFilter.objects.filter(member=member).values_list("pk", "name", "query")]


@transaction.atomic
def save_list(*, by: Member, name: str, query: str) -> bool:
    """Keep the list at `query` under `name`; a name that is known gets the new list. False if nothing changed.

    Raises ValidationError with a sentence when there are 30 already.
    """
    require(can_take_part(by), "Sign in to save a list.")
    known = SavedFilter.objects.select_for_update().filter(member=by)
    if known.filter(name=name, query=query).exists():
        return False
    if not known.filter(name=name).exists() and known.count() >= MOST:
        raise ValidationError(f"You have {MOST} saved lists. Delete one to make room.")
    SavedFilter.objects.update_or_create(member=by, name=name, defaults={"query": query})
    transaction.on_commit(lambda: cache.delete(_key(by)))
    return True


def forget_list(*, by: Member, pk: int) -> bool:
    """Delete one of `by`'s own. False if there is none."""
    deleted, _ = SavedFilter.objects.filter(member=by, pk=pk).delete()
    transaction.on_commit(lambda: cache.delete(_key(by)))
    return bool(deleted)


def _key(member: Member) -> str:
    return f"forum.lists of {member.pk}".replace(" ", ".")
