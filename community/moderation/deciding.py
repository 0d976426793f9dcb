"""Deciding what stays. Each decision is logged with the text it was about, and can be reversed."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction

from community.members.models import Member
from community.moderation.models import Decision, Flag
from community.moderation.permissions import require_can_decide
from community.moderation.settling import settle_flags
from community.threads.events import announce, thread_changed
from community.threads.models import Post, Status
from community.threads.permissions import require
from community.threads.publishing import set_status

Facts = Mapping[str, Any]


@transaction.atomic
def publish(*, by: Member, post: Post, note: str = "", facts: Facts | None = None) -> bool:
    """Let a held post appear. False if it is published already."""
    status = _lock(by, post)
    if status == Status.PUBLISHED:
        return False
    require(status == Status.HELD, "This post is not waiting to be published.")
    _log(by, post, Decision.Action.PUBLISH, note=note, facts=facts)
    return set_status(post, Status.PUBLISHED)


@transaction.atomic
def keep(*, by: Member, post: Post, note: str = "", facts: Facts | None = None) -> bool:
    """Dismiss the flags; a post that they had hidden appears again. False if there is nothing to dismiss."""
    status = _lock(by, post)
    require(status in (Status.PUBLISHED, Status.HIDDEN), "This post was not flagged. Publish or restore it instead.")
    if status == Status.PUBLISHED and not Flag.objects.waiting().accusations().filter(post=post).exists():
        return False
    _log(by, post, Decision.Action.KEEP, note=note, facts=facts)
    settle_flags(post=post, was_upheld=False)
    announce(thread_changed, thread_id=post.thread_id)
    set_status(post, Status.PUBLISHED)
    return True


@transaction.atomic
def remove(*, by: Member, post: Post, reason: str, note: str = "", facts: Facts | None = None) -> bool:
    """Take a post down for one of the fixed reasons. Its author keeps the text. False if it is down already."""
    status = _lock(by, post)
    require(reason in Decision.Reason.values and reason != Decision.Reason.NONE, "Choose the reason for removing it.")
    if status == Status.REMOVED:
        return False
    _log(by, post, Decision.Action.REMOVE, reason=reason, note=note, facts=facts)
    settle_flags(post=post, was_upheld=True)
    return set_status(post, Status.REMOVED, reason=Decision.Reason(reason).label)


@transaction.atomic
def restore(*, by: Member, post: Post, note: str = "", facts: Facts | None = None) -> bool:
    """Reverse a removal or hiding: the post appears again and the flags against it count as wrong."""
    status = _lock(by, post)
    if status == Status.PUBLISHED:
        return False
    require(status in (Status.REMOVED, Status.HIDDEN), "This post was not removed. Publish it instead.")
    _log(by, post, Decision.Action.RESTORE, note=note, facts=facts)
    settle_flags(post=post, was_upheld=False)
    return set_status(post, Status.PUBLISHED)


def hide(post: Post) -> bool:
    """Hide what its flags weigh down, until a moderator decides. Nobody's decision: the log's moderator stays empty."""
    if not Post.objects.select_for_update().get(pk=post.pk).is_published:
        return False
    _log(None, post, Decision.Action.HIDE)
    return set_status(post, Status.HIDDEN, reason="Reported by readers; a moderator will look at it")


def _lock(by: Member, post: Post) -> str:
    """The post's status as it stands, held until the transaction ends: two moderators decide one after the other."""
    current = Post.objects.select_for_update().get(pk=post.pk)
    require_can_decide(by, current)
    return current.status


def _log(
    by: Member | None, post: Post, action: str, *, reason: str = "", note: str = "", facts: Facts | None = None
) -> None:
    current = Post.objects.get(pk=post.pk)
    flags = list(Flag.objects.waiting().filter(post=post).values("reason", "weight"))
    Decision.objects.create(
        post=post,
        moderator=by,
        action=action,
        reason=reason,
        note=note.strip(),
        status_before=current.status,
        body=current.body,
        facts={**(facts or {}), "flags": flags},
    )
