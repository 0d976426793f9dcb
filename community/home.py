"""The front page: search first, then who needs help, what was solved, the newest reviews, and who helps."""

from datetime import timedelta

from django.conf import settings
from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from community.members.models import Member
from community.threads.models import Category
from forum.models import Question
from reviews.models import Review

ROWS = 5
THESE_DAYS = timedelta(days=60)


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    questions = Question.objects.with_list_data()
    reviews = Review.objects.listed().with_list_data().order_by("-thread__created_at")
    return render(
        request,
        "home/home.html",
        {
            "waiting": questions.newest_unsolved(ROWS),
            "solved": questions.just_solved(ROWS),
            "reviews": reviews[:ROWS],
            "categories": Category.objects.all()[:12],
            "helpers": _helpers(),
            "origin": settings.SITE_URL,
        },
    )


def _helpers() -> list[tuple[Member, int]]:
    """Customers whose answers were accepted most of late, and how many of each. Two queries."""
    solved = Question.objects.filter(accepted_at__gte=timezone.now() - THESE_DAYS)
    by_customers = solved.filter(accepted_post__author__is_active=True, accepted_post__author__is_staff=False)
    counted = by_customers.values_list("accepted_post__author").annotate(accepted=Count("pk"))
    counts = dict(counted.order_by("-accepted", "accepted_post__author")[:ROWS])
    members = Member.objects.in_bulk(counts)
    return [(members[pk], count) for pk, count in counts.items()]


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    closed = ("/accounts/", "/admin/", "/go/", "/search/", "/staff/")
    lines = ["User-agent: *", *(f"Disallow: {path}" for path in closed)]
    lines.append(f"Sitemap: {settings.SITE_URL}{reverse('sitemap')}")
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain")
