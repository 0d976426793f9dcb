"""What a new or changed post ends: waiting for details, and still needing help."""

from django.db import transaction

from community.threads.events import announce, thread_changed
from community.threads.models import Post
from forum.models import Question


@transaction.atomic
def hear(*, post_id: int) -> bool:
    """Details that who asked wrote or mended end the waiting; an answer of somebody else's is help. False if neither.

    Two queries at most; two more where something ends.
    """
    post = Post.objects.published().select_related("thread").filter(pk=post_id).first()
    if post is None:
        return False
    waiting = Question.objects.filter(pk=post.thread_id)
    if post.author_id == post.thread.author_id:
        last = max(post.created_at, post.edited_at or post.created_at)
        told = waiting.filter(needs_info_at__lt=last).update(needs_info_at=None, needs_info_by=None, details_at=last)
    elif post.kind == Post.Kind.ANSWER:
        told = waiting.filter(still_needed_at__lt=post.created_at).update(still_needed_at=None)
    else:
        return False
    if told:
        announce(thread_changed, thread_id=post.thread_id)
    return bool(told)
