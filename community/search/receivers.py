"""What this room does when something happens below: one task an event.

Products and tags have no verbs of their own, the admin saves them; so here we listen to Django.
"""

from functools import partial

from django.db import transaction
from django.db.models.signals import post_delete, post_save, pre_delete
from django.dispatch import receiver
from django_q.tasks import async_task

from community.products.models import Product
from community.threads.events import post_published, post_revised, post_withdrawn, thread_changed
from community.threads.models import Tag, TaggedThread


@receiver([post_published, post_revised, post_withdrawn])
def on_post(post_id: int, **_: object) -> None:
    async_task("community.search.tasks.resync_post", post_id)


@receiver(thread_changed)
def on_thread(thread_id: int, **_: object) -> None:
    async_task("community.search.tasks.resync", thread_id)


@receiver([post_save, post_delete], sender=Product)
def on_product(instance: Product, **_: object) -> None:
    transaction.on_commit(partial(async_task, "community.search.tasks.resync_product", instance.pk))


@receiver(post_save, sender=Tag)
def on_tag(instance: Tag, created: bool, **_: object) -> None:
    """A new tag stands on no thread yet; what tags a thread changes the thread."""
    if not created:
        transaction.on_commit(partial(async_task, "community.search.tasks.resync_threads", _threads_of(instance)))


@receiver(pre_delete, sender=Tag)
def on_tag_deleted(instance: Tag, **_: object) -> None:
    """While it is still known where it stood."""
    transaction.on_commit(partial(async_task, "community.search.tasks.resync_threads", _threads_of(instance)))


def _threads_of(tag: Tag) -> list[int]:
    return list(TaggedThread.objects.filter(tag=tag).order_by("pk").values_list("content_object_id", flat=True))
