"""The two-week report on what is said elsewhere, as a page and as a file."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from community.outside.csv_files import csv_response
from staff.access import StaffRequest, for_readers
from staff.listening.report import COLUMNS, as_rows, headlines, heard_in, tables
from staff.listening.standing import PERIODS, Filters, mentions

USUAL = 14


@for_readers
@require_safe
def listening_report(request: StaffRequest) -> HttpResponse:
    """`?days=`; 0 is all time."""
    filters = _period(request)
    heard = heard_in(mentions(filters, request.user))
    periods = [
        {"label": label, "url": f"?days={days}", "current": days == filters.days, "count": None}
        for days, label in PERIODS.items()
    ]
    context = {
        "filters": filters,
        "label": f"the last {PERIODS[filters.days]}" if filters.days else "all time",
        "periods": periods,
        "headlines": headlines(heard, filters),
        "tables": tables(heard, filters) if heard else [],
        "desk_page": "listening",
    }
    return render(request, "staff/listening/report.html", context)


@for_readers
@require_safe
def listening_report_csv(request: StaffRequest) -> HttpResponse:
    filters = _period(request)
    heard = heard_in(mentions(filters, request.user))
    return csv_response(f"mentions-{timezone.now():%Y-%m-%d}", COLUMNS, as_rows(heard))


def _period(request: StaffRequest) -> Filters:
    return Filters(days=Filters.of(request.GET, days=USUAL).days)
