"""The queue."""

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from staff import queue
from staff.access import StaffRequest, for_readers
from staff.models import Conversation, ConversationType


class CountedPaginator(Paginator):
    """A paginator that is told the count, where the view's own count is known already."""

    def __init__(self, rows: Any, per_page: int, count: int | None) -> None:
        super().__init__(rows, per_page)
        if count is not None:
            self.count = count


@for_readers
@require_safe
def desk(request: StaffRequest) -> HttpResponse:
    return render(request, "staff/desk.html", queue_context(request, None))


def queue_context(request: StaffRequest, current: Conversation | None) -> dict[str, Any]:
    """The two panes on the left. Three queries, whatever the queue's length."""
    now = timezone.now()
    filters = queue.Filters.of(request.GET)
    counts = queue.count_views(request.user, now)
    known = None if filters.type else counts[filters.view.key]
    paginator = CountedPaginator(queue.conversations(filters, request.user, now).with_list_data(), queue.ROWS, known)
    page = paginator.get_page(request.GET.get("page"))
    return {
        "filters": filters,
        "page": page,
        "rows": queue.rows(page, request.user, now, current.pk if current else None),
        "views": [(view, counts[view.key], view is filters.view) for view in queue.VIEWS],
        "type_views": [(kind.value, kind.label, counts[kind], kind == filters.type) for kind in ConversationType],
        "overdue": counts["overdue"],
        "desk_page": "queue",
    }
