"""What the worker does for search: keep documents in step, and once a day look whether all of them are."""

import logging
from datetime import timedelta

from django.utils import timezone
from django_q.tasks import schedule

from community.search import indexing
from community.search.recording import forget_old
from community.search.whoosh_store import IndexBusyError

logger = logging.getLogger(__name__)
SCHEDULES = {
    "compare the search index with the database": ("community.search.tasks.mend", timedelta(days=1)),
    "forget old searches": ("community.search.tasks.forget_old_searches", timedelta(days=1)),
}
TRY_AGAIN = timedelta(seconds=30)


def resync(thread_id: int) -> None:
    try:
        indexing.resync(thread_id)
    except IndexBusyError:
        _try_again("community.search.tasks.resync", thread_id)


def resync_product(product_id: int) -> None:
    try:
        indexing.resync_product(product_id)
    except IndexBusyError:
        _try_again("community.search.tasks.resync_product", product_id)


def resync_post(post_id: int) -> None:
    """The thread of a post. A post that is gone for good took its thread along; `mend` finds what that left."""
    thread_id = indexing.thread_of(post_id)
    if thread_id:
        resync(thread_id)


def mend() -> None:
    """What a crash, a changed row without an event or a lost task left behind."""
    found = indexing.compare()
    if found.count:
        logger.warning("The search index differed from the database in %d documents; mended.", found.count)
        indexing.repair(found)


def forget_old_searches() -> None:
    forget_old()


def _try_again(function: str, key: int | list[int]) -> None:
    """Another writer has held the index for long: a rebuild, most likely. The order stays in the database meanwhile."""
    schedule(function, key, next_run=timezone.now() + TRY_AGAIN)
