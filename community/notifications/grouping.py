"""What one member was told, gathered by conversation or page: as the list behind the bell shows it."""

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
Place = tuple[int | None, str]
PLACE = ("post__thread", "address")  # one of them is empty


@dataclass(frozen=True)
class Told:
    """What happened in one thread, or on one page of ours, newest first; `new` of it are unread, `more` not shown."""

    notices: Sequence[Notice]
    new: int
    more: int

    @property
    def newest(self) -> Notice:
        return self.notices[0]

    @property
    def title(self) -> str:
        return self.newest.told.title

    @property
    def thread(self) -> Thread | None:
        post = self.newest.told.post
        return post.thread if post else None

    @property
    def url(self) -> str:
        """Where the reader left off: the oldest of the unread that are shown, else the newest."""
        unread = [one for one in self.notices if not one.told.is_read]
        return (unread or self.notices)[-1 if unread else 0].told.url


def gather(shown: NotificationQuerySet, number: str | int | None) -> Page[Any]:
    """A page of Told out of `shown`: one member's, or the unread of them. 3 queries, however many there are."""
    groups = (
        shown.order_by()
        .values(*PLACE)
        .annotate(newest=Max("created_at"), all=Count("pk"), new=Count("pk", filter=Q(read_at=None)))
        .order_by("-newest", *(f"-{key}" for key in PLACE))
    )
    page: Page[Any] = Paginator(groups, PER_PAGE).get_page(number)
    wanted = list(page.object_list)
    notices = _newest_of(shown, [(group["post__thread"], group["address"]) for group in wanted])
    page.object_list = [
        Told(some, group["new"], group["all"] - len(some))
        for group in wanted
        if (some := notices[group["post__thread"], group["address"]])
    ]
    return page


def _newest_of(shown: NotificationQuerySet, places: list[Place]) -> dict[Place, list[Notice]]:
    nth = Window(RowNumber(), partition_by=[F(key) for key in PLACE], order_by=["-created_at", "-pk"])
    threads, pages = [thread for thread, _ in places if thread], [page for _, page in places if page]
    wanted = shown.filter(Q(post__thread__in=threads) | Q(post=None, address__in=pages))
    rows = wanted.annotate(nth=nth).filter(nth__lte=SHOWN).with_list_data()
    found: dict[Place, list[Notice]] = defaultdict(list)
    for told in rows.order_by("-created_at", "-pk"):
        found[told.post.thread_id if told.post else None, told.address].append(notice(told))
    return found
