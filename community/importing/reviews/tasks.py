"""What the worker does for imported reviews: their photos, a slice at a time."""

from django_q.tasks import async_task

from community.importing.reviews.photos import fetch_due

SECONDS = 20


def fetch_photos() -> None:
    """Send for what is due, and order the next slice. Runs after an import, and each half hour for second tries."""
    if not fetch_due(seconds=SECONDS):
        order_photos()


def order_photos() -> None:
    async_task("community.importing.reviews.tasks.fetch_photos")
