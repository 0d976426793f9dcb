"""What this room itself does when something was said or taken back."""

from typing import Any

from django.dispatch import receiver
from django_q.tasks import async_task

from community.threads.events import post_withdrawn


@receiver(post_withdrawn)
def withhold_its_photos(post_id: int, **_: Any) -> None:
    async_task("community.threads.tasks.withhold_photos", post_id)
