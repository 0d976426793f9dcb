"""The number in the bell, and the page behind it. Opening the page changes nothing."""

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from community.notifications.grouping import gather
from community.notifications.models import Notification
from community.threads.reading import MemberRequest, Request


@require_safe
@login_required
def notifications(request: MemberRequest) -> HttpResponse:
    """`?new=1`: only what is unread."""
    is_new = request.GET.get("new") == "1"
    mine = Notification.objects.shown_to(request.user)
    here = reverse("notifications")
    tabs = [
        {"label": "All", "url": here, "current": not is_new, "count": None},
        {"label": "New", "url": f"{here}?new=1", "current": is_new, "count": request.user.unread_notifications},
    ]
    page = gather(mine.unread() if is_new else mine, request.GET.get("page"))
    context = {"page": page, "tabs": tabs, "is_new": is_new, "query": "new=1&" if is_new else ""}
    return render(request, "notifications/notifications.html", context)


@require_safe
@never_cache
def bell(request: Request) -> HttpResponse:
    """204 while the number is still the one that the asking page shows (`?shown=`); one query."""
    if not request.user.is_authenticated or request.GET.get("shown") == str(request.user.unread_notifications):
        return HttpResponse(status=204)
    return render(request, "components/bell.html", {"user": request.user})
