"""What the worker does for this room, by itself and again and again."""

from datetime import timedelta

from reviews.rating import recount_all

SCHEDULES = {"recount ratings": ("reviews.tasks.recount_ratings", timedelta(days=1))}


def recount_ratings() -> int:
    """Mend what a process killed between a commit and its recount left behind; how many summaries were wrong."""
    return recount_all()
