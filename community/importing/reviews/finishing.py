"""What is done once when all reviews are in: they are made findable, and their photos are sent for."""

from community.importing.models import ImportedItem, ImportRun
from community.importing.reviews.tasks import order_photos
from community.search.indexing import resync_threads

AT_ONCE = 2000


def finish(run: ImportRun) -> None:
    """Each thread of the source anew; those that are right already cost a look only."""
    items = ImportedItem.objects.filter(source=run.source, kind=ImportedItem.Kind.THREAD, thread__isnull=False)
    after = 0
    while found := list(items.filter(pk__gt=after).order_by("pk").values_list("pk", "thread_id")[:AT_ONCE]):
        resync_threads([thread for _, thread in found])
        after = found[-1][0]
    order_photos()
