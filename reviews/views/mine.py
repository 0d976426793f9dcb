"""A member's own corner: what they bought and may review, what they wrote, what they began."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from community.threads.reading import MemberRequest
from reviews import mine
from reviews.begun import begun


@require_safe
@login_required
def my_purchases(request: MemberRequest) -> HttpResponse:
    context = _about(request, "my_purchases") | {
        "page": mine.bought(request.user, request.GET.get("page")),
        "begun": begun(request.user),
        "proven": mine.proven_addresses(request.user),
        "unproven": mine.unproven_addresses(request.user),
    }
    return render(request, "reviews/my_purchases.html", context)


@require_safe
@login_required
def my_reviews(request: MemberRequest) -> HttpResponse:
    context = _about(request, "my_reviews") | {
        "page": mine.written(request.user, request.GET.get("page")),
        "begun": begun(request.user),
    }
    return render(request, "reviews/my_reviews.html", context)


def _about(request: MemberRequest, current: str) -> dict[str, Any]:
    counts = mine.counts(request.user)
    names = [("my_purchases", "Bought", counts["bought"]), ("my_reviews", "Your reviews", counts["written"])]
    return {
        "tabs": [
            {"label": label, "url": reverse(name), "current": name == current, "count": count}
            for name, label, count in names
        ]
    }
