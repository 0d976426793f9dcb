"""What this room does when something happens below."""

from typing import Any

from django.dispatch import receiver

from community.threads.events import post_published, post_withdrawn, thread_changed
from forum.listing import forget_counts
from forum.solving import drop_unreadable_answer


@receiver([post_published, post_withdrawn, thread_changed])
def count_anew(**_: Any) -> None:
    forget_counts()


@receiver(post_withdrawn)
def unsolve(post_id: int, **_: Any) -> None:
    drop_unreadable_answer(post_id=post_id)
