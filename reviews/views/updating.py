"""Adding an update to one's own review."""

from functools import partial
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_http_methods

from community.members.models import Member
from community.threads import unsigned
from community.threads.drafting import discard_draft, read_draft
from community.threads.models import Post
from community.threads.permissions import can_update, require
from community.threads.reading import Request, sign_in_first
from community.threads.refusals import refused
from reviews.begun import place_of_update
from reviews.forms import UpdateForm
from reviews.models import Review
from reviews.updating import NOT_YOURS, add_update, updates_of, why_not_now

HELD = "Thank you. A moderator reads your update first, and you will hear from us."


@require_http_methods(["GET", "HEAD", "POST"])
def update_review(request: Request, pk: int) -> HttpResponse:
    review = get_object_or_404(Review.objects.visible_to(request.user).with_list_data(), pk=pk)
    if not request.user.is_authenticated:
        return _keep_and_sign_in(request, review)
    require(can_update(request.user, review.thread), NOT_YOURS)
    if request.method != "POST":
        kept = unsigned.find(request, place_of_update(review)) or read_draft(request.user, place_of_update(review))
        return _page(request, review, UpdateForm(by=request.user, initial=kept))
    form = UpdateForm(request.POST, request.FILES, by=request.user)
    update = form.attempt(partial(_add, request.user, review, form)) if form.is_valid() else None
    if update is None:
        return _page(request, review, form)
    unsigned.forget(request, place_of_update(review))
    discard_draft(by=request.user, place=place_of_update(review))
    _thank(request, update)
    return redirect(update)


def _keep_and_sign_in(request: Request, review: Review) -> HttpResponse:
    """Whose session ended while they wrote finds the text again after signing in."""
    if request.method == "POST":
        unsigned.keep(request, place_of_update(review), UpdateForm(request.POST, by=None))
    return sign_in_first(request, then=request.path)


def _add(by: Member, review: Review, form: UpdateForm) -> Post:
    form.describe_photos()
    said = form.cleaned_data
    return add_update(by=by, review=review, body=said["body"], photos=said["photos"], submission_key=form.key)


def _page(request: Request, review: Review, form: UpdateForm) -> HttpResponse:
    context: dict[str, Any] = {
        "review": review,
        "product": review.product,
        "earlier": list(updates_of(review.thread)),
        "not_now": why_not_now(review.thread),
        "place": place_of_update(review),
    }
    return refused(request, "reviews/update.html", context, form)


def _thank(request: Request, update: Post) -> None:
    if update.is_published:
        messages.success(request, "Your update stands below your review.")
    else:
        messages.info(request, HELD)
