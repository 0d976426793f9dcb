"""Following a thread, product or tag, and not following it: do and undo."""

from typing import Any

from django.db import transaction

from community.members.models import Member
from community.notifications.models import Subscription
from community.products.models import Product
from community.threads.models import Tag, Thread


@transaction.atomic
def follow(*, by: Member, is_automatic: bool = False, **target: Thread | Product | Tag) -> bool:
    """Subscribe `by` to thread=, product= or tag=. False if nothing changed.

    An automatic follow (asked, answered) respects an earlier “no”.
    """
    row, is_new = Subscription.objects.select_for_update().get_or_create(member=by, **target)
    if is_new or not row.is_muted or is_automatic:
        return is_new
    row.is_muted = False
    row.save(update_fields=["is_muted"])
    return True


def unfollow(*, by: Member, **target: Thread | Product | Tag) -> bool:
    """Stop, and remember the “no”. False if `by` did not follow."""
    return bool(Subscription.objects.filter(member=by, is_muted=False, **target).update(is_muted=True))


def is_following(member: Any, **target: Thread | Product | Tag) -> bool:
    """One query; none for a stranger."""
    if not member.is_authenticated:
        return False
    return Subscription.objects.filter(member=member, is_muted=False, **target).exists()
