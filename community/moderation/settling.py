"""Closing flags: was the reader right?"""

from django.utils import timezone

from community.moderation.models import Flag
from community.threads.models import Post


def settle_flags(*, post: Post, was_upheld: bool) -> None:
    """Close the accusations against `post`. A later, contrary decision changes how earlier ones count."""
    against = Flag.objects.accusations().filter(post=post)
    against.waiting().update(settled_at=timezone.now(), was_upheld=was_upheld)
    against.exclude(was_upheld=was_upheld).update(was_upheld=was_upheld)


def answer_calls(*, thread_id: int) -> None:
    """Close members' calls for the company in a thread that it has now dealt with."""
    calls = Flag.objects.waiting().filter(post__thread=thread_id, reason=Flag.Reason.NEEDS_STAFF)
    calls.update(settled_at=timezone.now(), was_upheld=True)
