"""What the company says publicly. To a review it replies once: what it says later changes that reply, with history."""

from uuid import UUID

from community.members.models import Member
from community.threads.editing import revise
from community.threads.models import Post, Status, Thread
from community.threads.posting import add_answer


def standing_reply(thread: Thread | None) -> Post | None:
    """The company's one reply to a review; None if it has said nothing, and for questions, which take many answers."""
    if thread is None or thread.kind != Thread.Kind.REVIEW:
        return None
    official = thread.posts.filter(kind=Post.Kind.ANSWER, is_official=True, status=Status.PUBLISHED)
    return official.select_related("thread", "author").order_by("pk").first()


def say(*, by: Member, thread: Thread, body: str, submission_key: UUID | None, adds: bool = False) -> Post:
    """Post `body` for the company, or let it replace (with `adds`, follow) the one reply that a review has.

    The thread is locked by the caller. The author of the review hears of the first alone. Raises as posting does.
    """
    first = standing_reply(thread)
    if first is None:
        return add_answer(by=by, thread=thread, body=body, is_official=True, submission_key=submission_key)
    revise(by=by, post=first, body=f"{first.body}\n\n{body}" if adds else body, base_version=first.version)
    return Post.objects.select_related("thread", "author").get(pk=first.pk)
