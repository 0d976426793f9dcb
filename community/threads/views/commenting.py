"""A comment on a question, an answer or a review: the page with the form, and the form's arrival."""

from functools import partial

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from community.threads.drafting import discard_draft, read_draft
from community.threads.forms import CommentForm
from community.threads.permissions import can_comment, require
from community.threads.posting import add_comment
from community.threads.reading import Request, sign_in_first, visible_post
from community.threads.refusals import refused

HELD = "Thank you. A moderator reads it before others see it."


@require_http_methods(["GET", "HEAD", "POST"])
def comment(request: Request, pk: int) -> HttpResponse:
    parent = visible_post(request, pk)
    if not request.user.is_authenticated:
        return sign_in_first(request, then=request.path)
    require(can_comment(request.user, parent), "This takes no further comments.")
    place = f"comment:{parent.pk}"
    if request.method != "POST":
        form = CommentForm(initial=read_draft(request.user, place))
        return refused(request, "threads/comment.html", {"parent": parent, "draft_place": place}, form)
    form = CommentForm(request.POST)
    if form.is_valid():
        write = partial(add_comment, by=request.user, parent=parent, body=form.cleaned_data["body"])
        made = form.attempt(partial(write, submission_key=form.cleaned_data["submission_key"]))
        if made:
            discard_draft(by=request.user, place=place)
            if not made.is_published:
                messages.info(request, HELD)
            return redirect(made)
    return refused(request, "threads/comment.html", {"parent": parent, "draft_place": place}, form)
