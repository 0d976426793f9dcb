"""The figures: the answer first, a page for each subject, and the list behind each number."""

from typing import Any

from django.core.paginator import Page, Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from staff.access import StaffRequest, for_insights
from staff.insights.cube import Chosen, Item
from staff.insights.filters import Filters
from staff.insights.overview import NEWEST, overview_of
from staff.insights.pictures import draw
from staff.insights.sections import GROUPS, SUBJECTS

ROWS, QUOTES = 50, 5


class Behind:
    """The rows behind a number, as a paginator wants them: counted by the list itself."""

    def __init__(self, rows: Chosen) -> None:
        self.rows = rows

    def count(self) -> int:
        return self.rows.counted()

    def __len__(self) -> int:
        return self.count()

    def __getitem__(self, part: slice) -> list[Item]:
        return self.rows.page(part.start, part.stop)


@for_insights
@require_safe
def insights(request: StaffRequest) -> HttpResponse:
    context = frame(request)
    overview = overview_of(context["scope"])
    context |= {
        "overview": overview,
        "pictures": draw(overview.types),
        "newest": overview.newest.page(0, NEWEST),
        "groups": GROUPS,
    }
    return render(request, "staff/insights.html", context)


@for_insights
@require_safe
def insight(request: StaffRequest, section: str) -> HttpResponse:
    """One subject: its tables and pictures."""
    if section not in SUBJECTS:
        raise Http404
    context = frame(request)
    built = SUBJECTS[section].build(context["scope"])
    context |= {
        "section": built,
        "tables": [(table, draw(table)) for table in built.tables],
        "quotes": built.quotes[1].page(0, QUOTES) if built.quotes else [],
        "groups": GROUPS,
    }
    return render(request, "staff/insight.html", context)


@for_insights
@require_safe
def figure(request: StaffRequest, section: str, key: str) -> HttpResponse:
    """What a number counts."""
    context = frame(request)
    title, rows = behind_or_404(context, section, key)
    page: Page[Any] = Paginator(Behind(rows), ROWS).get_page(request.GET.get("page"))  # type: ignore[arg-type]
    context |= {"subject": SUBJECTS[section], "key": key, "title": title, "page": page}
    context["query"] = f"{context['scope'].query}&"
    return render(request, "staff/figure.html", context)


def frame(request: StaffRequest) -> dict[str, Any]:
    """What every page of figures has: the filters, and the scope that they choose."""
    filters = Filters(request.GET.dict(), timezone.now())
    return {"filters": filters, "scope": filters.scope(), "desk_page": "insights"}


def behind_or_404(context: dict[str, Any], section: str, key: str) -> tuple[str, Chosen]:
    found = SUBJECTS[section].build(context["scope"]).behind(key) if section in SUBJECTS else None
    if found is None:
        raise Http404("There is no such figure in this time.")
    return found
