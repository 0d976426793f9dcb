"""The page behind the bell, and marking what is on it read. Opening the page changes nothing."""

from datetime import UTC, datetime

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from community.notifications import reading
from community.notifications.models import Notification
from community.notifications.sentences import notice
from community.notifications.views.requests import MemberRequest
from community.threads.models import Thread
from community.threads.reading import Request, sign_in_first
from community.threads.seeing import mark_read

PER_PAGE = 20


@require_safe
@login_required
def notifications(request: MemberRequest) -> HttpResponse:
    mine = Notification.objects.shown_to(request.user).with_list_data()
    page = Paginator(mine, PER_PAGE).get_page(request.GET.get("page"))
    return render(request, "notifications/notifications.html", {"page": page, "notices": map(notice, page)})


@require_POST
def read_all(request: Request) -> HttpResponse:
    if not request.user.is_authenticated:
        return sign_in_first(request, then=reverse("notifications"))
    reading.read_all(by=request.user)
    return redirect("notifications")


@require_POST
def read_notification(request: Request, pk: int) -> HttpResponse:
    """Mark one read, and stay on the same page (`?page=`) of the list."""
    if not request.user.is_authenticated:
        return sign_in_first(request, then=reverse("notifications"))
    notification = get_object_or_404(Notification.objects.shown_to(request.user), pk=pk)
    reading.read_one(by=request.user, notification=notification)
    number = request.GET.get("page", "")
    return redirect(f"{reverse('notifications')}?page={number}" if number.isdecimal() else "notifications")


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
