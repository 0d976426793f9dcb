"""Deleting one's own post, and taking that back."""

from django.db import transaction

from community.members.models import Member
from community.threads.models import Post, Status
from community.threads.permissions import can_restore, can_withdraw, require
from community.threads.publishing import set_status


@transaction.atomic
def withdraw(*, by: Member, post: Post) -> bool:
    """Take one's own post off the page. False if it is off already. Raises PermissionDenied."""
    if post.author_id == by.pk and post.status == Status.WITHDRAWN:
        return False
    require(can_withdraw(by, post), "Only its author can delete this, and a question only while it has no answer.")
    return set_status(post, Status.WITHDRAWN, reason=post.status_reason)


@transaction.atomic
def restore(*, by: Member, post: Post) -> bool:
    """Undo `withdraw`: the post is again what it was, held back if it was held back. False if it was not deleted."""
    require(post.author_id == by.pk, "Only its author can bring this back.")
    if not can_restore(by, post):
        return False
    return set_status(post, Status(post.withdrawn_from), reason=post.status_reason)
