"""What this room does when something happens below: one task an event.

Products have no verbs of their own, the admin saves them; so here we listen to Django. Who changes a tag tells of its
threads (forum/merging.py).
"""

from functools import partial

from django.db import transaction
from django.db.models.signals import post_delete, post_save
from django.dispatch import receiver
from django_q.tasks import async_task

from community.products.models import Product
from community.threads.events import post_published, post_revised, post_withdrawn, thread_changed


@receiver([post_published, post_revised, post_withdrawn])
def on_post(post_id: int, **_: object) -> None:
    async_task("community.search.tasks.resync_post", post_id)


@receiver(thread_changed)
def on_thread(thread_id: int, **_: object) -> None:
    async_task("community.search.tasks.resync", thread_id)


@receiver([post_save, post_delete], sender=Product)
def on_product(instance: Product, **_: object) -> None:
    transaction.on_commit(partial(async_task, "community.search.tasks.resync_product", instance.pk))
