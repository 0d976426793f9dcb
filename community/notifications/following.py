"""Following a thread, product or tag, and not following it: do and undo."""

from typing import Any

from django.db import transaction

from community.members.models import Member
from community.notifications.models import Subscription
from community.products.models import Product
from community.threads.models import Tag, Thread
from community.threads.permissions import can_take_part, require


@transaction.atomic
def follow(*, by: Member, is_automatic: bool = False, **target: Thread | Product | Tag) -> bool:
    """Subscribe `by` to thread=, product= or tag=. False if nothing changed.

    An automatic follow (asked, answered) respects an earlier “no”.
    """
    require(can_take_part(by), "Sign in to follow this.")
    row, is_new = Subscription.objects.select_for_update().get_or_create(defaults=None, member=by, **target)
    if is_new or not row.is_muted or is_automatic:
        return is_new
    row.is_muted = False
    row.save(update_fields=["is_muted"])
    return True


@transaction.atomic
def unfollow(*, by: Member, **target: Thread | Product | Tag) -> bool:
    """Stop, and remember the “no”, even of who never followed: no mention brings it back. False if known."""
    asked: dict[str, Any] = {**target, "defaults": {"is_muted": True}}
    row, is_new = Subscription.objects.select_for_update().get_or_create(member=by, **asked)
    if is_new or row.is_muted:
        return is_new
    row.is_muted = True
    row.save(update_fields=["is_muted"])
    return True


def is_following(member: Any, **target: Thread | Product | Tag) -> bool:
    """One query; none for a stranger."""
    if not member.is_authenticated:
        return False
    return Subscription.objects.following().filter(member=member, **target).exists()
