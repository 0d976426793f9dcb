"""Figures, and the rows behind them, as files."""

from collections.abc import Iterator
from typing import Any

from django.http import Http404, HttpResponseBadRequest, HttpResponseBase, StreamingHttpResponse
from django.utils.text import slugify
from django.views.decorators.http import require_safe

from community.outside.csv_files import csv_lines
from staff.access import StaffRequest, for_insights
from staff.insights.filters import Filters
from staff.insights.sections import SUBJECTS
from staff.insights.spreadsheet import item_rows, section_rows
from staff.views.insights import behind_or_404, frame


@for_insights
@require_safe
def insight_csv(request: StaffRequest, section: str) -> HttpResponseBase:
    if section not in SUBJECTS:
        raise Http404
    context = frame(request)
    if not context["filters"].is_valid():
        return refused_filters(context["filters"])
    return _file(section, section_rows(SUBJECTS[section].build(context["scope"])))


@for_insights
@require_safe
def figure_csv(request: StaffRequest, section: str, key: str) -> HttpResponseBase:
    context = frame(request)
    if not context["filters"].is_valid():
        return refused_filters(context["filters"])
    title, rows = behind_or_404(context, section, key)
    return _file(f"{section}-{slugify(title)[:60]}", item_rows(rows))


def refused_filters(filters: Filters) -> HttpResponseBase:
    """A file about another time than was asked for would be worse than none."""
    words = [str(words) for errors in filters.errors.values() for words in errors]
    return HttpResponseBadRequest("\n".join(words), content_type="text/plain; charset=utf-8")


def _file(name: str, rows: Iterator[list[Any]]) -> HttpResponseBase:
    """The first line is made at once, so that what goes wrong is still an error page."""
    written = csv_lines(rows)
    first = next(written)
    return StreamingHttpResponse(
        _with_first(first, written),
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="insights-{name}.csv"'},
    )


def _with_first(first: str, rest: Iterator[str]) -> Iterator[str]:
    yield first
    yield from rest
