"""What this room does when something happens below."""

from typing import Any

from django.dispatch import receiver

from community.threads.events import post_withdrawn
from forum.solving import drop_unreadable_answer


@receiver(post_withdrawn)
def unsolve(post_id: int, **_: Any) -> None:
    drop_unreadable_answer(post_id=post_id)
