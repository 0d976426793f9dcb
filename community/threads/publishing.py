"""The one place that changes whether a post can be read, and keeps the thread's counters right."""

from django.db import transaction

from community.threads.events import announce, post_published, post_withdrawn
from community.threads.models import Post, Status, Thread


@transaction.atomic
def set_status(post: Post, status: str, *, reason: str = "") -> bool:
    """Give `post` a status, mirror it to its thread if it opens one, recount, announce. False if it had it already.

    Who may is decided by the callers: moderation's and withdrawing's verbs.
    """
    current = Post.objects.select_for_update().get(pk=post.pk)
    if current.status == status:
        return False
    was_published = current.is_published
    post.status = current.status = status
    post.status_reason = current.status_reason = reason
    current.save(update_fields=["status", "status_reason"])
    if current.is_opening:
        Thread.objects.filter(pk=current.thread_id).update(status=status)
        post.thread.status = status
    recount(current.thread_id)
    if current.is_published:
        announce(post_published, post_id=current.pk)
    elif was_published:
        announce(post_withdrawn, post_id=current.pk)
    return True


def recount(thread_id: int) -> None:
    """Set the thread's counters and last post from its published posts. Right whatever happened before; 3 queries."""
    posts = Post.objects.filter(thread_id=thread_id, status=Status.PUBLISHED)
    newest = posts.order_by("-created_at", "-pk").values("created_at", "author_id").first()
    fields = {
        "answer_count": posts.filter(kind=Post.Kind.ANSWER).count(),
        "comment_count": posts.filter(kind=Post.Kind.COMMENT).count(),
    }
    if newest:
        fields |= {"last_post_at": newest["created_at"], "last_post_by": newest["author_id"]}
    Thread.objects.filter(pk=thread_id).update(**fields)
