"""The page on which a reader reports a post."""

from functools import partial

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from community.moderation.flagging import flag
from community.moderation.forms import FlagForm
from community.moderation.models import Flag
from community.moderation.permissions import require_can_flag
from community.threads.reading import Request, sign_in_first, visible_post
from community.threads.refusals import refused

THANKS = "Thank you. A moderator will look at it."
CALLED = "Thank you. The company's team has been told."
TWICE = "You have reported this already; a moderator will look at it."


@require_http_methods(["GET", "HEAD", "POST"])
def flag_post(request: Request, pk: int) -> HttpResponse:
    post = visible_post(request, pk)
    if not request.user.is_authenticated:
        return sign_in_first(request, then=request.path)
    require_can_flag(request.user, post)
    form = FlagForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        is_new = form.attempt(partial(flag, by=request.user, post=post, **form.cleaned_data))
        if is_new is not None:
            messages.success(request, _answer(is_new, form.cleaned_data["reason"]))
            return redirect(post)
    return refused(request, "moderation/flag.html", {"post": post}, form)


def _answer(is_new: bool, reason: str) -> str:
    if not is_new:
        return TWICE
    return CALLED if reason == Flag.Reason.NEEDS_STAFF else THANKS
