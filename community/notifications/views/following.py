"""Follow and unfollow, from the page of what is followed or from the list of all that one follows."""

from collections.abc import Callable

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST, require_safe

from community.notifications.following import follow, unfollow
from community.notifications.models import Subscription
from community.notifications.views.requests import MemberRequest
from community.products.models import Product
from community.threads.models import Tag, Thread
from community.threads.reading import Request, sign_in_first

PER_PAGE = 30


@require_POST
def follow_thread(request: Request, pk: int) -> HttpResponse:
    thread = get_object_or_404(Thread.objects.visible_to(request.user), pk=pk)
    return _answer(request, follow, "thread", thread, page=thread.get_absolute_url())


@require_POST
def unfollow_thread(request: Request, pk: int) -> HttpResponse:
    thread = get_object_or_404(Thread.objects.visible_to(request.user), pk=pk)
    return _answer(request, unfollow, "thread", thread, page=thread.get_absolute_url())


@require_POST
def follow_product(request: Request, pk: int) -> HttpResponse:
    product = get_object_or_404(Product, pk=pk)
    return _answer(request, follow, "product", product, page=product.get_absolute_url())


@require_POST
def unfollow_product(request: Request, pk: int) -> HttpResponse:
    product = get_object_or_404(Product, pk=pk)
    return _answer(request, unfollow, "product", product, page=product.get_absolute_url())


@require_POST
def follow_tag(request: Request, pk: int) -> HttpResponse:
    tag = get_object_or_404(Tag, pk=pk)
    return _answer(request, follow, "tag", tag, page=reverse("tag", args=[tag.slug]))


@require_POST
def unfollow_tag(request: Request, pk: int) -> HttpResponse:
    tag = get_object_or_404(Tag, pk=pk)
    return _answer(request, unfollow, "tag", tag, page=reverse("tag", args=[tag.slug]))


@require_safe
@login_required
def following(request: MemberRequest) -> HttpResponse:
    """Everything one follows, last chosen first."""
    mine = Subscription.objects.following().shown_to(request.user).with_list_data().order_by("-created_at", "-pk")
    page = Paginator(mine, PER_PAGE).get_page(request.GET.get("page"))
    return render(request, "notifications/following.html", {"page": page})


def _answer(
    request: Request, act: Callable[..., bool], kind: str, target: Thread | Product | Tag, *, page: str
) -> HttpResponse:
    """Do it. Then the button as it is now when htmx asks, else back to the page it stood on."""
    if not request.user.is_authenticated:
        return sign_in_first(request, then=page)
    act(by=request.user, **{kind: target})
    if request.htmx:
        is_following = act is follow
        action = reverse(f"{'unfollow' if is_following else 'follow'}_{kind}", args=[target.pk])
        context = {"action": action, "following": is_following, "what": f"this {kind}"}
        return render(request, "components/follow_button.html", context)
    asked = request.POST.get("next", "")
    return redirect(asked if url_has_allowed_host_and_scheme(asked, allowed_hosts=None) else page)
