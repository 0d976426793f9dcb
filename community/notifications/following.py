"""Following a thread, product, tag, category or person, how much, and not following it: do and undo."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction

from community.members.models import Member
from community.notifications.models import Level, Subscription
from community.products.models import Product
from community.threads.models import Category, Tag, Thread
from community.threads.permissions import can_take_part, require

Target = Thread | Product | Tag | Category | Member
_UPTO = (Level.WATCHING, Level.TRACKING, Level.NORMAL, Level.MUTED)
LEVELS = {
    "thread": _UPTO,
    "product": (Level.EVERYTHING, *_UPTO),
    "tag": (Level.EVERYTHING, *_UPTO),
    "category": (Level.EVERYTHING, *_UPTO),
    "person": _UPTO,
}
"""The levels that each kind of target has, the most first."""


@transaction.atomic
def follow(*, by: Member, level: int | None = None, is_automatic: bool = False, **target: Target) -> bool:
    """Subscribe `by` to thread=, product=, tag=, category= or person=, at `level`. False if nothing changed.

    Without a level: bell and mail, but what is followed already stays as it is. An automatic follow (asked, answered)
    respects an earlier “no”. Raises PermissionDenied, or ValidationError for a level that the target has not.
    """
    kind, thing = _wanted(by, target)
    if level is not None and level not in LEVELS[kind]:
        raise ValidationError("Choose one of the levels offered.")
    wanted = Level.WATCHING if level is None else Level(level)
    row, is_new = Subscription.objects.select_for_update().get_or_create(
        defaults={"level": wanted}, member=by, **{kind: thing}
    )
    if is_new or is_automatic or (level is None and row.level >= Level.TRACKING):
        return is_new
    return _set(row, wanted)


@transaction.atomic
def unfollow(*, by: Member, **target: Target) -> bool:
    """Stop, and remember the “no”, even of who never followed. False if known.

    A thread falls silent: no mention brings it back. Of all else one hears no longer by itself.
    """
    kind, thing = _wanted(by, target)
    wanted = Level.MUTED if kind == "thread" else Level.NORMAL
    row, is_new = Subscription.objects.select_for_update().get_or_create(
        defaults={"level": wanted}, member=by, **{kind: thing}
    )
    return is_new or (row.level >= Level.TRACKING and _set(row, wanted))


def is_following(member: Any, **target: Target) -> bool:
    """One query; none for a stranger."""
    return (level_of(member, **target) or Level.MUTED) >= Level.TRACKING


def level_of(member: Any, **target: Target) -> int | None:
    """How much `member` wants to hear of it; None if they never said. One query; none for strangers and stand-ins."""
    if not member.is_authenticated or not member.pk:
        return None
    return Subscription.objects.filter(member=member, **target).values_list("level", flat=True).first()


def _wanted(by: Member, target: dict[str, Target]) -> tuple[str, Target]:
    require(can_take_part(by), "Sign in to follow this.")
    ((kind, thing),) = target.items()
    require(kind != "person" or thing.pk != by.pk, "You can't follow yourself.")
    return kind, thing


def _set(row: Subscription, level: int) -> bool:
    if row.level == level:
        return False
    row.level = level
    row.save(update_fields=["level"])
    return True
