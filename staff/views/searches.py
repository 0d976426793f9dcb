"""What people look for: pages and a file, for moderators and managers."""

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from community.outside.csv_files import csv_response
from staff.access import StaffRequest, for_moderators
from staff.insights.period import CHOICES, Period
from staff.searching import EMPTY, EXPLANATIONS, LISTS, overview, rows

ROWS = 50
MOST_LINES = 50_000
COLUMNS = {"text": "Search", "times": "Times", "found": "Results", "opened": "Opened", "rank": "Mean place opened"}


@for_moderators
@require_safe
def searches(request: StaffRequest) -> HttpResponse:
    """`?list=` empty, frequent or unopened; `days=`; `page=`."""
    chosen, period = _chosen(request)
    tabs = [
        {"label": label, "url": f"?list={key}&days={period.days}", "current": key == chosen, "count": None}
        for key, label in LISTS.items()
    ]
    periods = [
        {"label": label, "url": f"?list={chosen}&days={days}", "current": days == period.days, "count": None}
        for days, label in CHOICES.items()
    ]
    context = {
        "page": Paginator(rows(chosen, period), ROWS).get_page(request.GET.get("page")),
        "query": f"list={chosen}&days={period.days}&",
        "explanation": EXPLANATIONS[chosen],
        "overview": overview(period),
        "period": period,
        "tabs": tabs,
        "periods": periods,
        "desk_page": "searches",
    }
    return render(request, "staff/searches.html", context)


@for_moderators
@require_safe
def searches_as_csv(request: StaffRequest) -> HttpResponse:
    """The same list whole, as CSV."""
    chosen, period = _chosen(request)
    name = f"searches-{chosen}-{timezone.now():%Y-%m-%d}"
    found = rows(chosen, period)[:MOST_LINES]
    return csv_response(name, COLUMNS.values(), ([row[column] for column in COLUMNS] for row in found))


def _chosen(request: StaffRequest) -> tuple[str, Period]:
    chosen = request.GET.get("list", "")
    return chosen if chosen in LISTS else EMPTY, Period.of(request.GET, timezone.now())
