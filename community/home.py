"""The front page: search first, then what was solved, who needs help, the newest reviews, and who helps.

What everybody sees of it is drawn once for an Edition. Above it stands what is a member's own (home_own).
"""

from datetime import timedelta

from django.conf import settings
from django.core.cache import cache
from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import SafeString
from django.views.decorators.http import require_safe

from community.home_own import own_of
from community.members.models import Member
from community.threads.kept import kept
from forum.models import Question
from forum.shelves import CATEGORY, Shelves, shelves
from reviews.models import Review

ROWS = 5
SUBJECTS = 12
THESE_DAYS = timedelta(days=60)
SECONDS = 300


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    is_member = request.user.is_authenticated
    context = {
        "everybodys": kept.get(("home", is_member), lambda: _draw(is_member)) if is_member else _draw(is_member),
        "counts": _whole().counts,
        "own": own_of(request.user),
        "canonical": f"{settings.SITE_URL}{reverse('home')}",
    }
    return render(request, "home/home.html", context)


def _draw(is_member: bool) -> SafeString:
    """Strangers read first what was solved; members, where they are needed. Five queries."""
    questions = Question.objects.with_list_data()
    waiting = ("waiting", list(questions.newest_unsolved(ROWS)))
    solved = ("solved", list(questions.just_solved(ROWS)))
    reviews = Review.objects.listed().with_list_data().order_by("-thread__created_at")
    context = {
        "sections": [waiting, solved] if is_member else [solved, waiting],
        "reviews": reviews[:ROWS],
        "subjects": [(word, counts.all) for word, counts in _whole().words[CATEGORY]][:SUBJECTS],
        "helpers": helpers(),
    }
    return render_to_string("home/everybodys.html", context)


def _whole() -> Shelves:
    found = shelves({})
    assert found is not None  # noqa: S101 - nothing is chosen, so nothing can be missing
    return found


def helpers() -> list[tuple[Member, int]]:
    """Customers whose answers were accepted most of late, and how many of each; nobody who asked to be left out.

    Counted every five minutes; two queries.
    """
    counts = cache.get_or_set("home.helpers", _count_helpers, SECONDS) or {}
    members = Member.objects.filter(is_active=True, is_shown_as_expert=True, erased_at=None).in_bulk(counts)
    return [(members[pk], count) for pk, count in counts.items() if pk in members]


def _count_helpers() -> dict[int, int]:
    solved = Question.objects.filter(accepted_at__gte=timezone.now() - THESE_DAYS)
    shown = Member.objects.filter(is_active=True, is_staff=False, is_shown_as_expert=True)
    by_customers = solved.filter(accepted_post__author__in=shown)
    counted = by_customers.values_list("accepted_post__author").annotate(accepted=Count("pk"))
    return dict(counted.order_by("-accepted", "accepted_post__author")[:ROWS])


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    closed = ("/accounts/", "/admin/", "/go/", "/search/", "/staff/")
    lines = ["User-agent: *", *(f"Disallow: {path}" for path in closed)]
    lines.append(f"Sitemap: {settings.SITE_URL}{reverse('sitemap')}")
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain")
