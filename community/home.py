"""The front page: search first, then what is solved, what is needed, and the newest reviews."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from forum.models import Question
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
            "reviews": reviews[:4],
        },
    )


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    lines = ["User-agent: *", "Disallow: /accounts/", "Disallow: /staff/", "Disallow: /admin/", "Disallow: /search/"]
    lines.append(f"Sitemap: {request.build_absolute_uri(reverse('home'))}sitemap.xml")
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain")
