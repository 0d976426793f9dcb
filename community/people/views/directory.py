"""The list of members, and the badges."""

from datetime import timedelta

from django.core.paginator import InvalidPage, Paginator
from django.db.models import Count
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from community.members.limits import Rate, take_seat
from community.members.visitors import visitor_of
from community.people.badges import RULES
from community.people.listing import PER_PAGE, Choice
from community.people.models import Award
from community.threads.structured_data import absolute

SEARCHES = Rate(15, timedelta(minutes=1), "You have looked for many people within a minute.")


@require_safe
def members(request: HttpRequest) -> HttpResponse:
    choice = Choice.from_address(request.GET)
    if choice.words:
        take_seat(f"members:{request.user.pk or visitor_of(request)}", SEARCHES)
    try:
        page = Paginator(choice.members(), PER_PAGE).page(request.GET.get("page", "1"))
    except InvalidPage as error:
        raise Http404("There is no such page.") from error
    path = reverse("members")
    context = {
        "choice": choice,
        "page": page,
        "query": choice.query(),
        "canonical": absolute(f"{path}?page={page.number}" if page.number > 1 else path),
        "is_indexed": choice.is_plain and page.paginator.count > 0,
    }
    return render(request, "people/members.html", context)


@require_safe
def badges(request: HttpRequest) -> HttpResponse:
    counts = dict(Award.objects.shown().order_by().values_list("badge").annotate(n=Count("pk")))
    rows = [(badge, rule, counts.get(badge.value, 0)) for badge, rule in RULES.items()]
    return render(request, "people/badges.html", {"rows": rows, "canonical": absolute(reverse("badges"))})
