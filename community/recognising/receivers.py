"""What happens when something was said, voted on or accepted: one task an event."""

from django.dispatch import receiver
from django_q.tasks import async_task

from community.threads.events import post_published, post_withdrawn, thread_changed, vote_changed


@receiver(post_published)
@receiver(post_withdrawn)
@receiver(vote_changed)
def on_post(post_id: int, **_: object) -> None:
    async_task("community.recognising.tasks.recognise_author", post_id)


@receiver(thread_changed)
def on_thread(thread_id: int, **_: object) -> None:
    async_task("community.recognising.tasks.recognise_thread", thread_id)
