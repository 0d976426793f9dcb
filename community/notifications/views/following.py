"""Follow, choose how much, and unfollow: from the page of what is followed, or from the list of all one follows."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.exceptions import BadRequest, ValidationError
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from community.members.models import Member
from community.notifications.following import Target, follow, level_of, unfollow
from community.notifications.levels import Following
from community.notifications.models import TARGETS, Subscription
from community.notifications.views.requests import came_from
from community.products.models import Product
from community.threads.models import Category, Tag, Thread
from community.threads.reading import MemberRequest, Request, sign_in_first

PER_PAGE = 30
LONGEST_LEVEL = 4  # digits: what is longer is none of the levels either
KINDS = {
    "": "All",
    "thread": "Conversations",
    "person": "People",
    "product": "Products",
    "category": "Subjects",
    "tag": "Tags",
}


@require_POST
def follow_target(request: Request, kind: str, pk: int) -> HttpResponse:
    """With `level`: at that one."""
    target = _target(request, kind, pk)
    if not request.user.is_authenticated:
        return sign_in_first(request, then=_page_of(target))
    level = request.POST.get("level", "")[:LONGEST_LEVEL]
    try:
        follow(by=request.user, level=int(level) if level.isdecimal() else None, **{kind: target})
    except ValidationError as error:
        raise BadRequest(error.message) from error
    return _answer(request, kind, target)


@require_POST
def unfollow_target(request: Request, kind: str, pk: int) -> HttpResponse:
    target = _target(request, kind, pk)
    if not request.user.is_authenticated:
        return sign_in_first(request, then=_page_of(target))
    unfollow(by=request.user, **{kind: target})
    return _answer(request, kind, target)


@require_safe
@login_required
def following(request: MemberRequest) -> HttpResponse:
    """Everything that one follows or has muted, last chosen first; `?kind=` narrows it."""
    chosen = request.GET.get("kind", "")
    mine = Subscription.objects.shown_to(request.user).with_list_data().order_by("-created_at", "-pk")
    if chosen in TARGETS:
        mine = mine.filter(**{f"{chosen}__isnull": False})
    page = Paginator(mine, PER_PAGE).get_page(request.GET.get("page"))
    rows = [
        (subscription, Following(subscription.kind, subscription.target.pk, subscription.level))
        for subscription in page
    ]
    here = reverse("following")
    tabs = [
        {"label": label, "url": f"{here}?kind={kind}" if kind else here, "current": kind == chosen, "count": None}
        for kind, label in KINDS.items()
    ]
    query = f"kind={chosen}&" if chosen in TARGETS else ""
    return render(request, "notifications/following.html", {"page": page, "rows": rows, "tabs": tabs, "query": query})


def _target(request: Request, kind: str, pk: int) -> Any:
    people = Member.objects.filter(is_active=True, erased_at=None)
    rows = {
        "thread": Thread.objects.visible_to(request.user),
        "product": Product.objects.all(),
        "tag": Tag.objects.all(),
        "category": Category.objects.all(),
        "person": people,
    }
    return get_object_or_404(rows[kind], pk=pk)


def _page_of(target: Target) -> str:
    return reverse("tag", args=[target.slug]) if isinstance(target, Tag) else target.get_absolute_url()


def _answer(request: Request, kind: str, target: Target) -> HttpResponse:
    """The button as it is now when htmx asks, else back to the page it stood on."""
    back = came_from(request)
    if not request.htmx:
        return redirect(back or _page_of(target))
    now = Following(kind, target.pk, level_of(request.user, **{kind: target}))
    what = str(target) if kind == "person" else f"this {'question' if kind == 'thread' else kind}"
    context = {"following": now, "what": what, "next": back}
    return render(request, "components/follow_button.html", context)
