"""The one place that changes whether a post can be read, and keeps the thread's counters right."""

from collections.abc import Iterable

from django.db import transaction
from django.db.models import Count, F, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce
from django.utils import timezone

from community.threads.events import announce, post_published, post_withdrawn
from community.threads.models import Post, Status, Thread


@transaction.atomic
def set_status(post: Post, status: str, *, reason: str = "") -> bool:
    """Give `post` a status, mirror it to its thread if it opens one, recount, announce. False if it had it already.

    Who may is decided by the callers: moderation's and withdrawing's verbs.
    """
    current = Post.objects.select_for_update(no_key=True).get(pk=post.pk)
    if current.status == status:
        return False
    before = current.status
    post.withdrawn_from = current.withdrawn_from = before if status == Status.WITHDRAWN else ""
    post.status = current.status = status
    post.status_at = current.status_at = timezone.now()
    post.status_reason = current.status_reason = reason
    current.save(update_fields=["status", "status_at", "status_reason", "withdrawn_from"])
    if current.is_opening:
        Thread.objects.filter(pk=current.thread_id).update(status=status)
        post.thread.status = status
    recount(current.thread_id)
    if current.is_published:
        announce(post_published, post_id=current.pk)
    else:  # also from one hidden state to another: a held post that is refused has an author to be told
        announce(post_withdrawn, post_id=current.pk)
    return True


def recount(thread_id: int) -> None:
    """Set the thread's counters and last post from its posts. Right whatever happened before; 2 queries."""
    with transaction.atomic():
        # Two people answering at once count one after the other: the second sees the first's answer.
        Thread.objects.select_for_update(no_key=True).values_list("pk").get(pk=thread_id)
        recount_all([thread_id])


def recount_all(thread_ids: Iterable[int]) -> None:
    """As recount, for many threads in one query; for loaders, when nobody else writes."""
    posts = Post.objects.published().filter(thread=OuterRef("pk")).order_by("-created_at", "-pk")
    Thread.objects.filter(pk__in=list(thread_ids)).update(
        answer_count=_count_of(Post.Kind.ANSWER),
        comment_count=_count_of(Post.Kind.COMMENT),
        last_post_at=Coalesce(Subquery(posts.values("created_at")[:1]), F("last_post_at")),
        last_post_by=Coalesce(Subquery(posts.values("author")[:1]), F("last_post_by")),
    )


def _count_of(kind: str) -> Coalesce:
    """Published posts of a kind; a comment counts while what it comments on is published too."""
    readable = Q(parent=None) | Q(parent__status=Status.PUBLISHED)
    posts = Post.objects.filter(readable, thread=OuterRef("pk"), status=Status.PUBLISHED, kind=kind).order_by()
    return Coalesce(Subquery(posts.values("thread").annotate(n=Count("pk")).values("n")), 0)
