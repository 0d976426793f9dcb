"""Marking what was told as read."""

from datetime import UTC, datetime

from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from community.notifications import reading
from community.notifications.views.requests import came_from
from community.threads.models import Thread
from community.threads.reading import Request, sign_in_first
from community.threads.seeing import mark_read


@require_POST
def read_all(request: Request) -> HttpResponse:
    if not request.user.is_authenticated:
        return sign_in_first(request, then=reverse("notifications"))
    reading.read_all(by=request.user)
    return redirect("notifications")


@require_POST
def read_thread(request: Request, pk: int) -> HttpResponse:
    """Mark all about one thread read, and stay where one is in the list (`next`)."""
    if not request.user.is_authenticated:
        return sign_in_first(request, then=reverse("notifications"))
    thread = get_object_or_404(Thread.objects.visible_to(request.user), pk=pk)
    reading.read_thread(by=request.user, thread=thread)
    return redirect(came_from(request) or "notifications")


@require_POST
def read_page(request: Request) -> HttpResponse:
    """Mark all about one page of ours (`address`) read: from the list, or, by a script, once that page is open."""
    if not request.user.is_authenticated:
        return sign_in_first(request, then=reverse("notifications"))
    reading.read_page(by=request.user, address=request.POST.get("address", "")[:200])
    return HttpResponse(status=204) if request.htmx else redirect(came_from(request) or "notifications")


@require_POST
@transaction.atomic
def see_thread(request: Request, pk: int) -> HttpResponse:
    """Sent by a thread's page once it is open (htmx): what one sees needs no bell and no letter."""
    thread = get_object_or_404(Thread.objects.visible_to(request.user), pk=pk)
    if not request.user.is_authenticated:
        return sign_in_first(request, then=thread.get_absolute_url())
    reading.read_thread(by=request.user, thread=thread)
    until, posts, seconds = (_number(request.POST.get(name)) for name in ("until", "posts", "seconds"))
    if until:
        mark_read(
            by=request.user, thread=thread, until=datetime.fromtimestamp(until + 1, UTC), posts=posts, seconds=seconds
        )
    return HttpResponse(status=204) if request.htmx else redirect(thread)


def _number(text: str | None) -> int:
    """What a browser says of itself: 0 for what is no number."""
    return int(text) if text and text.isascii() and text.isdecimal() and len(text) < 12 else 0
