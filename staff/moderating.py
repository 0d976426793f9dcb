"""The moderation desk: what readers reported, what waits to appear, and what was decided."""

from typing import Any

from django.db.models import Count, Exists, Min, OuterRef, Prefetch, Q, QuerySet, Subquery, Sum

from community.moderation.models import Decision, Flag
from community.threads.models import Post, Status, Thread
from reviews.models import Signal

OPEN_SIGNALS = Prefetch(
    "thread__review__signals", Signal.objects.filter(settled_at=None).order_by("kind"), to_attr="open_signals"
)
_WAITING = Q(flags__settled_at=None) & ~Q(flags__reason=Flag.Reason.NEEDS_STAFF)


def flagged_posts() -> QuerySet[Post]:
    """Posts with accusations that wait for a decision, the weightiest first, each with its `waiting_flags`."""
    waiting = Flag.objects.waiting().accusations()
    is_flagged = Exists(waiting.filter(post=OuterRef("pk")))
    flags = waiting.select_related("member").order_by("-weight", "created_at")
    return (
        Post.objects.filter(Q(status=Status.HIDDEN) | is_flagged)
        .annotate(
            weight=Sum("flags__weight", filter=_WAITING),
            flag_count=Count("flags", filter=_WAITING),
            first_flag_at=Min("flags__created_at", filter=_WAITING),
        )
        .select_related("author", "thread__product", "thread__review")
        .prefetch_related(Prefetch("flags", flags, to_attr="waiting_flags"), OPEN_SIGNALS)
        .order_by("-weight", "first_flag_at", "pk")
    )


def held_posts() -> QuerySet[Post]:
    """What screening held back, the oldest first."""
    held = Post.objects.held().select_related("author", "thread__product", "thread__review")
    return held.prefetch_related(OPEN_SIGNALS).order_by("created_at", "pk")


def signalled_posts() -> QuerySet[Post]:
    """Reviews that a program found worth a look and nobody has looked at, the newest finding first."""
    found = Signal.objects.filter(settled_at=None, review=OuterRef("thread")).order_by("-found_at")
    standing = Post.objects.filter(
        kind=Post.Kind.OPENING, thread__kind=Thread.Kind.REVIEW, status__in=(Status.PUBLISHED, Status.HELD)
    )
    signalled = standing.annotate(found_at=Subquery(found.values("found_at")[:1])).exclude(found_at=None)
    loaded = signalled.select_related("author", "thread__product", "thread__review").prefetch_related(OPEN_SIGNALS)
    return loaded.order_by("-found_at", "-pk")


def decisions() -> QuerySet[Decision]:
    """The log, the newest first; `is_last` is said of a post's newest line, from which it can be reversed."""
    newer = Decision.objects.filter(post=OuterRef("post"), pk__gt=OuterRef("pk"))
    return Decision.objects.annotate(is_last=~Exists(newer)).select_related("moderator", "post__author", "post__thread")


def count_waiting() -> dict[str, int]:
    """How many posts wait for a decision. Three queries."""
    flags = Flag.objects.waiting().accusations()
    return {
        "flags": Post.objects.filter(Q(status=Status.HIDDEN) | Q(pk__in=flags.values("post"))).count(),
        "held": Post.objects.held().count(),
        "signals": signalled_posts().order_by().count(),
    }


def facts_of(post: Post) -> dict[str, Any]:
    """What stood when a decision was taken, for the log."""
    thread = post.thread
    facts: dict[str, Any] = {
        "thread": thread.title,
        "kind": thread.kind,
        "post": post.kind,
        "product": str(thread.product or ""),
    }
    if thread.kind == Thread.Kind.REVIEW and hasattr(thread, "review"):
        facts["stars"] = thread.review.stars
    return facts
