"""Keeps the tone of each review in step with its words."""

from django.db.models import F

from community.threads.models import Post, Thread
from community.threads.rendering import plain_text
from staff.models import ReviewTone
from staff.triage.tone import tone_of

AT_ONCE = 500


def keep_tone(post: Post) -> bool:
    """Read the opening of a review. False if that version was read already, or it is none."""
    if not post.is_opening or post.thread.kind != Thread.Kind.REVIEW:
        return False
    kept = ReviewTone.objects.filter(review=post.thread_id).first()
    if kept and kept.version == post.version:
        return False
    words = f"{post.thread.title}. {plain_text(post.body_html, len(post.body_html))}"
    ReviewTone.objects.update_or_create(
        review_id=post.thread_id, defaults={"tone": tone_of(words), "version": post.version}
    )
    return True


def read_reviews(most: int = AT_ONCE) -> int:
    """Read what was not read yet, or has been rewritten since: imports for example. Returns how many."""
    openings = Post.objects.filter(kind=Post.Kind.OPENING, thread__review__isnull=False).select_related("thread")
    unread = openings.exclude(thread__review__tone__version=F("version"))
    return sum(keep_tone(post) for post in unread.order_by("pk")[:most])
