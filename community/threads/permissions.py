"""Who may do what to a thread or a post. Pages ask the `can_…` claims; verbs call `require` with the same claims."""

from datetime import timedelta
from typing import Any

from django.core.exceptions import PermissionDenied
from django.utils import timezone

from community.members.models import Member, TrustLevel
from community.threads.models import Post, Status, Thread

EDIT_WINDOW_NEW = timedelta(hours=24)
EDIT_WINDOW_REGULAR = timedelta(days=30)
MEND_WINDOW = timedelta(days=7)


def require(is_allowed: bool, sentence: str) -> None:
    """Raise PermissionDenied with `sentence`, which the 403 page shows, unless `is_allowed`."""
    if not is_allowed:
        raise PermissionDenied(sentence)


def can_take_part(member: Any) -> bool:
    return bool(member.is_authenticated and member.is_active)


def can_answer(member: Any, thread: Thread) -> bool:
    return can_take_part(member) and thread.is_published and not thread.is_closed


def can_comment(member: Any, post: Post) -> bool:
    is_open = post.is_published and post.thread.is_published and not post.thread.is_closed
    return can_take_part(member) and is_open and post.kind not in (Post.Kind.COMMENT, Post.Kind.UPDATE)


def can_update(member: Any, thread: Thread) -> bool:
    """Add to one's own review, dated, instead of writing over it."""
    is_own_review = thread.kind == Thread.Kind.REVIEW and can_take_part(member) and thread.author_id == member.pk
    return is_own_review and thread.is_published


def can_vote(member: Any, post: Post) -> bool:
    """Signed in, what everybody can read, never one's own. An update is voted on with its review."""
    is_public = post.is_published and post.thread.is_published and post.kind != Post.Kind.UPDATE
    return can_take_part(member) and is_public and post.author_id != member.pk


def can_edit(member: Any, post: Post) -> bool:
    """One's own for 24 hours, from trust level 3 for 30 days; any for moderators, to mend its form.

    A review's words are its author's alone: staff never change their meaning. The company's one reply to it is any
    colleague's to change. What a moderator removed its author may mend within 7 days; it then waits for a moderator.
    """
    if not can_take_part(member) or post.status == Status.WITHDRAWN:
        return False
    if post.status == Status.REMOVED:
        return post.author_id == member.pk and timezone.now() - post.status_at < MEND_WINDOW
    if post.author_id == member.pk:
        is_regular = member.trust_level >= TrustLevel.REGULAR or member.is_responder
        window = EDIT_WINDOW_REGULAR if is_regular else EDIT_WINDOW_NEW
        return post.thread.kind == Thread.Kind.REVIEW or timezone.now() - post.created_at < window
    if post.is_official and post.kind == Post.Kind.ANSWER and post.thread.kind == Thread.Kind.REVIEW:
        return member.is_responder
    is_review_text = post.thread.kind == Thread.Kind.REVIEW and (post.is_opening or post.kind == Post.Kind.UPDATE)
    return member.is_moderator and not is_review_text


def can_withdraw(member: Any, post: Post) -> bool:
    """Delete one's own: an answer, comment or review at any time, a question while nobody has answered it."""
    is_own = can_take_part(member) and post.author_id == member.pk and post.status != Status.WITHDRAWN
    is_alone = not post.is_opening or post.thread.kind == Thread.Kind.REVIEW or post.thread.answer_count == 0
    return is_own and is_alone and post.status != Status.REMOVED


def can_restore(member: Any, post: Post) -> bool:
    """Undo one's own deletion."""
    return can_take_part(member) and post.author_id == member.pk and post.status == Status.WITHDRAWN


def is_trusted(member: Member) -> bool:
    return member.trust_level >= TrustLevel.REGULAR or member.is_responder
