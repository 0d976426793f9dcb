"""What this room does when something happens below: one task an event."""

from django.dispatch import receiver
from django_q.tasks import async_task

from community.threads.events import post_published, post_revised, post_withdrawn


@receiver(post_published)
def on_published(post_id: int, **_: object) -> None:
    async_task("community.notifications.tasks.tell_of_post", post_id)


@receiver(post_revised)
def on_revised(post_id: int, **_: object) -> None:
    async_task("community.notifications.tasks.tell_of_mentions", post_id)


@receiver(post_withdrawn)
def on_withdrawn(post_id: int, **_: object) -> None:
    async_task("community.notifications.tasks.recount_readers", post_id)
