"""The front page: search first, then who needs help, what was solved, the newest reviews, and who helps."""

from django.conf import settings
from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from community.members.models import Member
from forum.models import Category, Question
from reviews.models import Review

ROWS = 5


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    questions = Question.objects.listed().with_list_data()
    reviews = Review.objects.listed().with_list_data().order_by("-thread__created_at")
    return render(
        request,
        "home/home.html",
        {
            "waiting": questions.unsolved().order_by("-thread__created_at")[:ROWS],
            "solved": questions.filter(accepted_at__isnull=False).order_by("-accepted_at")[:ROWS],
            "reviews": reviews[:ROWS],
            "categories": Category.objects.all()[:12],
            "helpers": _helpers(),
            "origin": settings.SITE_URL,
        },
    )


def _helpers() -> list[Member]:
    """Customers whose answers were accepted most."""
    customers = Member.objects.filter(is_active=True, is_staff=False, posts__accepted_in__isnull=False)
    return list(customers.annotate(accepted=Count("posts__accepted_in")).order_by("-accepted", "username")[:ROWS])


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    lines = ["User-agent: *", "Disallow: /accounts/", "Disallow: /staff/", "Disallow: /admin/", "Disallow: /search/"]
    lines.append(f"Sitemap: {settings.SITE_URL}{reverse('sitemap')}")
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain")
