"""What the desk does when something happens below: one task each."""

from typing import Any

from django.dispatch import receiver
from django_q.tasks import async_task

from community.threads.events import post_published, post_revised, post_withdrawn, thread_changed, vote_changed


@receiver([post_published, post_revised, post_withdrawn])
def look_at_post(post_id: int, **_: Any) -> None:
    async_task("staff.tasks.look_at_post", post_id)


@receiver(thread_changed)
def look_at_thread(thread_id: int, **_: Any) -> None:
    async_task("staff.tasks.look_at_thread", thread_id)


@receiver(vote_changed)
def look_at_vote(post_id: int, **_: Any) -> None:
    async_task("staff.tasks.look_at_vote", post_id)
