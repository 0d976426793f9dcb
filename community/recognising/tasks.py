"""What the worker does so that pages know what members are known for. Each may run twice; a row may be gone."""

from datetime import timedelta

from community.recognising.recognising import recognise, recognise_all, recognise_each
from community.threads.models import Post

__all__ = ["recognise_all"]

SCHEDULES = {"recognise who helped": ("community.recognising.tasks.recognise_all", timedelta(days=1))}


def recognise_author(post_id: int) -> int:
    """Something about one post changed: its votes, or whether it can be read. An opening takes its answers along."""
    post = Post.objects.filter(pk=post_id).first()
    if post is None:
        return 0
    return recognise_thread(post.thread_id) if post.is_opening else recognise([post.author_id])


def recognise_thread(thread_id: int) -> int:
    """Another answer was accepted, or the product changed: everybody who said something there."""
    authors = Post.objects.filter(thread=thread_id).order_by("author").values_list("author", flat=True).distinct()
    return recognise_each(list(authors))
