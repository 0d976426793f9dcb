"""What one member was told, gathered by conversation: as the page behind the bell shows it."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import Count, F, Max, Q, Window
from django.db.models.functions import RowNumber

from community.notifications.models import NotificationQuerySet
from community.notifications.sentences import Notice, notice
from community.threads.models import Thread

PER_PAGE = 20
SHOWN = 4  # of one conversation; the others are counted


@dataclass(frozen=True)
class Told:
    """What happened in one thread, newest first; `new` of it are unread, `more` not shown."""

    thread: Thread
    notices: Sequence[Notice]
    new: int
    more: int

    @property
    def newest(self) -> Notice:
        return self.notices[0]

    @property
    def url(self) -> str:
        """Where the reader left off: the oldest of the unread that are shown, else the newest."""
        unread = [one for one in self.notices if not one.told.is_read]
        return (unread or self.notices)[-1 if unread else 0].told.post.get_absolute_url()


def gather(shown: NotificationQuerySet, number: str | int | None) -> Page[Any]:
    """A page of Told out of `shown`: one member's, or the unread of them. 3 queries, however many there are."""
    groups = (
        shown.order_by()
        .values("post__thread")
        .annotate(newest=Max("created_at"), all=Count("pk"), new=Count("pk", filter=Q(read_at=None)))
        .order_by("-newest", "-post__thread")
    )
    page: Page[Any] = Paginator(groups, PER_PAGE).get_page(number)
    wanted = list(page.object_list)
    notices = _newest_of(shown, [group["post__thread"] for group in wanted])
    page.object_list = [
        Told(some[0].told.post.thread, some, group["new"], group["all"] - len(some))
        for group in wanted
        if (some := notices[group["post__thread"]])
    ]
    return page


def _newest_of(shown: NotificationQuerySet, threads: list[int]) -> dict[int, list[Notice]]:
    nth = Window(RowNumber(), partition_by=F("post__thread"), order_by=["-created_at", "-pk"])
    rows = shown.filter(post__thread__in=threads).annotate(nth=nth).filter(nth__lte=SHOWN).with_list_data()
    found: dict[int, list[Notice]] = defaultdict(list)
    for told in rows.order_by("-created_at", "-pk"):
        found[told.post.thread_id].append(notice(told))
    return found
