"""The managers' page of figures, and the list behind each of them."""

from collections.abc import Callable

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from staff.access import StaffRequest, for_insights
from staff.insights.conversations import conversations_section
from staff.insights.effects import effects_section
from staff.insights.headline import headlines
from staff.insights.links import links_section
from staff.insights.period import CHOICES, Period
from staff.insights.pictures import draw
from staff.insights.responses import responses_section
from staff.insights.saved import saved_section
from staff.insights.tables import Section

SECTIONS: dict[str, Callable[[Period], Section]] = {
    "conversations": conversations_section,
    "responses": responses_section,
    "effects": effects_section,
    "links": links_section,
    "saved": saved_section,
}
ROWS = 50


@for_insights
@require_safe
def insights(request: StaffRequest) -> HttpResponse:
    period = Period.of(request.GET, timezone.now())
    sections = {key: build(period) for key, build in SECTIONS.items()}
    chips = [
        {"label": label, "url": f"?days={days}", "current": days == period.days, "count": None}
        for days, label in CHOICES.items()
    ]
    context = {
        "period": period,
        "periods": chips,
        "headlines": headlines(sections),
        "sections": [(section, draw(section)) for section in sections.values()],
        "desk_page": "insights",
    }
    return render(request, "staff/insights.html", context)


@for_insights
@require_safe
def figure(request: StaffRequest, section: str, key: str) -> HttpResponse:
    """What a number counts."""
    period = Period.of(request.GET, timezone.now())
    behind = SECTIONS[section](period).behind(key) if section in SECTIONS else None
    if behind is None:
        raise Http404
    title, items = behind
    page = Paginator(items, ROWS).get_page(request.GET.get("page"))
    context = {"period": period, "title": title, "page": page, "query": f"days={period.days}&", "desk_page": "insights"}
    return render(request, "staff/figure.html", context)
