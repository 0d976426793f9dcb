"""What is done once when all reviews are in: sums and words, the search index, and their photos are sent for."""

from community.importing.models import ImportedItem, ImportRun
from community.importing.reviews.tasks import order_photos
from community.search.indexing import reindex, resync_threads
from community.threads.models import Thread
from reviews.rating import recount

AT_ONCE = 1000
MANY = 2000  # threads, from which on making the whole index anew is quicker than mending it


def finish(run: ImportRun) -> None:
    """Each thread of the source anew; those that are right already cost a look only."""
    items = ImportedItem.objects.filter(source=run.source, kind=ImportedItem.Kind.THREAD, thread__isnull=False)
    for product in set(items.values_list("thread__product", flat=True)):
        recount(product)
    threads = list(items.order_by("pk").values_list("thread_id", flat=True))
    if run.counts.get("added", 0) > MANY and len(threads) > Thread.objects.count() / 4:
        reindex()
    else:
        for start in range(0, len(threads), AT_ONCE):
            resync_threads(threads[start : start + AT_ONCE])
    order_photos()
