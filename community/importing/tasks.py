"""What the worker does: a run, a slice at a time, so that letters and the search index need not wait for it."""

from datetime import timedelta

from django.utils import timezone
from django_q.tasks import async_task

from community.importing.handing_over import claim_all
from community.importing.models import ImportRun
from community.importing.running import clear_up, go_on

SCHEDULES = {
    "give imported texts to their authors": ("community.importing.tasks.claim_all", timedelta(hours=1)),
    "delete uploads nobody brought in": ("community.importing.tasks.delete_abandoned_uploads", timedelta(days=1)),
    "send for photos of imported reviews": ("community.importing.reviews.tasks.fetch_photos", timedelta(minutes=30)),
}
__all__ = ["claim_all"]
KEPT = timedelta(days=7)  # an upload that waits for somebody to bring it in: it holds names and addresses
SECONDS = 20
LONGEST = 1800  # sorting a large dump is one piece


def work(run_id: int) -> None:
    """Go on with a run, and order the next slice. Tolerates that it is gone, stopped, or worked on elsewhere."""
    run = ImportRun.objects.select_related("source").filter(pk=run_id, state=ImportRun.State.RUNNING).first()
    if run is not None and not go_on(run, seconds=SECONDS):
        order(run_id)


def order(run_id: int) -> None:
    async_task("community.importing.tasks.work", run_id, q_options={"timeout": LONGEST})


def delete_abandoned_uploads() -> None:
    """The runs and their reports stay."""
    for run in ImportRun.objects.abandoned(timezone.now() - KEPT):
        clear_up(run)
