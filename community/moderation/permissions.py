"""Who may flag, and who may decide."""

from typing import Any

from community.members.models import Member
from community.threads.models import Post, Status
from community.threads.permissions import can_take_part, require


def can_flag(member: Any, post: Post) -> bool:
    return can_take_part(member) and post.is_published and post.author_id != member.pk


def require_can_flag(member: Any, post: Post) -> None:
    """Raise PermissionDenied with the sentence that fits."""
    require(can_take_part(member), "Sign in to report a post.")
    require(post.author_id != member.pk, "This is your own post. You can edit or delete it instead of reporting it.")
    require(post.is_published, "This post is already being looked at.")


def can_decide(member: Any, post: Post) -> bool:
    return bool(getattr(member, "is_moderator", False)) and post.author_id != member.pk


def require_can_decide(member: Member, post: Post) -> None:
    require(member.is_moderator, "Only moderators decide what stays.")
    require(post.author_id != member.pk, "You wrote this post yourself, so a colleague has to decide on it.")
    require(post.status != Status.WITHDRAWN, "Its author has deleted this post. There is nothing left to decide.")
