"""Reviews for who answers for them: what became of them by star, the reviews behind each number, and the log."""

from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse, HttpResponseBase, JsonResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from community.outside.csv_files import csv_lines, csv_response
from reviews.fairness import OUTCOMES, Report, in_words, is_uneven, report
from reviews.history import COLUMNS, as_data, lines_of, log_rows
from reviews.models import Review
from staff.access import StaffRequest, for_insights
from staff.insights.filters import Filters
from staff.reviews_report import CSV_COLUMNS, REASONS, behind, csv_rows, rows
from staff.views.insights_csv import refused_filters

ROWS = 50


@for_insights
@require_safe
def reviews_overview(request: StaffRequest) -> HttpResponse:
    found, frame = _asked(request)
    context = frame | {
        "rows": rows(found),
        "columns": [label for label, _ in OUTCOMES.values()],
        "reasons": REASONS,
        "sentences": in_words(found),
        "is_uneven": is_uneven(found),
        "report": found,
    }
    return render(request, "staff/reviews/overview.html", context)


@for_insights
@require_safe
def reviews_csv(request: StaffRequest) -> HttpResponseBase:
    found, frame = _asked(request)
    if frame["filters"].errors:
        return refused_filters(frame["filters"])
    return csv_response(f"reviews-by-star-{timezone.now():%Y-%m-%d}", CSV_COLUMNS, csv_rows(found))


@for_insights
@require_safe
def reviews_behind(request: StaffRequest, key: str) -> HttpResponse:
    """The reviews that one number of the report counts."""
    found, frame = _asked(request)
    chosen = behind(found, key)
    if chosen is None:
        raise Http404
    title, sent = chosen
    page = Paginator(sent, ROWS).get_page(request.GET.get("page"))
    reviews = Review.objects.with_list_data().in_bulk([one.review for one in page])
    shown = [(one, reviews[one.review]) for one in page]
    return render(request, "staff/reviews/behind.html", frame | {"title": title, "page": page, "shown": shown})


@for_insights
@require_safe
def reviews_log_csv(request: StaffRequest) -> HttpResponseBase:
    """The whole log of the chosen time, a line at a time."""
    filters = Filters(request.GET, timezone.now())
    if filters.errors:
        return refused_filters(filters)
    scope = filters.scope()
    name = f"review-log-{timezone.now():%Y-%m-%d}"
    return StreamingHttpResponse(
        csv_lines(log_rows(scope.since, scope.until)),
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{name}.csv"'},
    )


@for_insights
@require_safe
def review_history(request: StaffRequest, pk: int) -> HttpResponse:
    review = get_object_or_404(Review.objects.with_list_data(), pk=pk)
    context = {"review": review, "lines": lines_of(review, request.user), "desk_page": "reviews"}
    return render(request, "staff/reviews/history.html", context)


@for_insights
@require_safe
def review_history_csv(request: StaffRequest, pk: int) -> HttpResponse:
    review = get_object_or_404(Review.objects.with_list_data(), pk=pk)
    rows_of = ([getattr(line, name) for name in COLUMNS] for line in lines_of(review, request.user))
    return csv_response(f"review-{pk}-history", COLUMNS, rows_of)


@for_insights
@require_safe
def review_history_json(request: StaffRequest, pk: int) -> HttpResponse:
    review = get_object_or_404(Review.objects.with_list_data(), pk=pk)
    data = as_data(review, request.user)
    headers = {"Content-Disposition": f'attachment; filename="review-{pk}-history.json"'}
    return JsonResponse(data, json_dumps_params={"ensure_ascii": False, "indent": 2}, headers=headers)


def _asked(request: StaffRequest) -> tuple[Report, dict[str, Any]]:
    """The report that the address asks for; the usual one, with what was wrong, where it can't be understood."""
    filters = Filters(request.GET, timezone.now())
    scope = filters.scope()
    found = report(scope.since, scope.until, scope.product)
    query = f"{scope.query}&" if scope.query else ""
    return found, {"filters": filters, "scope": scope, "query": query, "desk_page": "reviews"}
