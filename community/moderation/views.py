"""The page on which a reader reports a post."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods

from community.moderation.flagging import flag
from community.moderation.forms import FlagForm
from community.moderation.models import Flag
from community.moderation.permissions import require_can_flag
from community.threads.models import Post

THANKS = "Thank you. A moderator will look at it."
CALLED = "Thank you. The company's team has been told."
TWICE = "You have reported this already; a moderator will look at it."


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def flag_post(request: HttpRequest, pk: int) -> HttpResponse:
    post = get_object_or_404(Post.objects.visible_to(request.user).select_related("thread", "author"), pk=pk)
    require_can_flag(request.user, post)
    form = FlagForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        is_new = form.attempt(lambda: flag(by=request.user, post=post, **form.cleaned_data))
        if is_new is not None:
            messages.success(request, _answer(is_new, form.cleaned_data["reason"]))
            return redirect(post.get_absolute_url())
    status = 429 if form.retry_after else 400 if form.errors else 200
    response = render(request, "moderation/flag.html", {"post": post, "form": form}, status=status)
    if form.retry_after:
        response["Retry-After"] = str(form.retry_after)
    return response


def _answer(is_new: bool, reason: str) -> str:
    if not is_new:
        return TWICE
    return CALLED if reason == Flag.Reason.NEEDS_STAFF else THANKS
