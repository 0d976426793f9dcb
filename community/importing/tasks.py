"""What the worker does: a run, a slice at a time, so that letters and the search index need not wait for it."""

from datetime import timedelta

from django_q.tasks import async_task

from community.importing.models import ImportRun
from community.importing.running import go_on

SCHEDULES = {
    "send for photos of imported reviews": ("community.importing.reviews.tasks.fetch_photos", timedelta(minutes=30))
}
SECONDS = 20
LONGEST = 1800  # sorting a large dump is one piece


def work(run_id: int) -> None:
    """Go on with a run, and order the next slice. Tolerates that it is gone, stopped, or worked on elsewhere."""
    run = ImportRun.objects.select_related("source").filter(pk=run_id, state=ImportRun.State.RUNNING).first()
    if run is not None and not go_on(run, seconds=SECONDS):
        order(run_id)


def order(run_id: int) -> None:
    async_task("community.importing.tasks.work", run_id, q_options={"timeout": LONGEST})
