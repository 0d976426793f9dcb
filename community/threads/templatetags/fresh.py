"""Places for “new since your last visit”. community.reading_marks puts the marks in, for each reader."""

from django import template
from django.utils.safestring import SafeString, mark_safe

from community.threads.models import Post, Thread

register = template.Library()


def _place(kind: str, thread_id: int, seconds: float, post_id: int = 0) -> SafeString:
    return mark_safe(f"<!--fresh {kind} {thread_id} {int(seconds)} {post_id}-->")  # noqa: S308 - numbers only


@register.simple_tag
def fresh_row(thread: Thread) -> SafeString:
    """Beside a thread's title in a list."""
    return _place("row", thread.pk, thread.last_post_at.timestamp())


@register.simple_tag
def fresh_line(thread: Thread) -> SafeString:
    """Above the posts of a thread's page: what is new, with links to it."""
    return _place("line", thread.pk, thread.last_post_at.timestamp())


def fresh_post(post: Post) -> SafeString:
    """Beside who wrote it."""
    return _place("post", post.thread_id, post.created_at.timestamp(), post.pk)
