"""The moderation desk and its one act."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from community.moderation import deciding
from community.moderation.models import Decision
from community.moderation.permissions import can_decide
from community.threads.models import Post
from reviews.models import Review
from reviews.suspicion.settling import dismiss_signals
from staff import moderating
from staff.access import StaffRequest, for_moderators
from staff.forms import DecisionForm

ROWS = 20
TABS: dict[str, tuple[str, Callable[[], QuerySet[Any]]]] = {
    "flags": ("Reported", moderating.flagged_posts),
    "held": ("Held back", moderating.held_posts),
    "signals": ("Signals", moderating.signalled_posts),
    "decided": ("Decided", moderating.decisions),
}
VERBS: dict[str, Callable[..., bool]] = {
    "publish": deciding.publish,
    "keep": deciding.keep,
    "remove": deciding.remove,
    "restore": deciding.restore,
}


@for_moderators
@require_safe
def moderation(request: StaffRequest) -> HttpResponse:
    return _show(request)


def _show(request: StaffRequest, refused: DecisionForm | None = None, refused_post: int = 0) -> HttpResponse:
    """The desk; with the decision that was refused, as it was filled in."""
    chosen = _tab(request)
    page = Paginator(TABS[chosen][1](), ROWS).get_page(request.GET.get("page"))
    posts = [getattr(row, "post", row) for row in page]
    rows = [(row, post, can_decide(request.user, post)) for row, post in zip(page, posts, strict=True)]
    counts = moderating.count_waiting()
    tabs = [
        {"label": label, "url": f"?tab={key}", "current": key == chosen, "count": counts.get(key)}
        for key, (label, _) in TABS.items()
    ]
    reasons = [choice for choice in Decision.Reason.choices if choice[0]]
    context = {
        "tab": chosen,
        "tabs": tabs,
        "page": page,
        "rows": rows,
        "reasons": reasons,
        "query": f"tab={chosen}&",
        "refused": refused,
        "refused_post": refused_post,
        "desk_page": "moderation",
    }
    return render(request, "staff/moderation.html", context)


@for_moderators
@require_POST
def decide(request: StaffRequest, pk: int) -> HttpResponse:
    post = get_object_or_404(
        Post.objects.visible_to(request.user).select_related("thread__product", "thread__review"), pk=pk
    )
    form = DecisionForm(request.POST)
    if not form.is_valid():
        messages.error(request, "Nothing is decided yet. Choose what to do; a removal needs one of the fixed reasons.")
        return _show(request, form, post.pk)
    values = {**form.cleaned_data}
    verb = VERBS[values.pop("action")]
    if verb is not deciding.remove:
        values.pop("reason")
    is_new = verb(by=request.user, post=post, facts=moderating.facts_of(post), **values)
    messages.success(request, "Decided, and written into the log." if is_new else "A colleague had decided the same.")
    return redirect(f"{reverse('moderation')}?tab={_tab(request)}")


@for_moderators
@require_POST
def dismiss_review_signals(request: StaffRequest, pk: int) -> HttpResponse:
    review = get_object_or_404(Review.objects.with_list_data(), pk=pk)
    is_new = dismiss_signals(by=request.user, review=review)
    messages.success(request, "Put away, and written into the review’s log." if is_new else "That was done already.")
    return redirect(f"{reverse('moderation')}?tab={_tab(request)}")


def _tab(request: StaffRequest) -> str:
    tab = request.GET.get("tab", "")
    return tab if tab in TABS else "flags"
