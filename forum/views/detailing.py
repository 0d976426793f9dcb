"""The page on which a question is filed anew: product, subject and tags."""

from functools import partial

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_http_methods

from community.threads.models import Post, Thread
from community.threads.permissions import require
from community.threads.reading import Request, sign_in_first
from community.threads.refusals import refused
from forum.detailing import SENTENCE, change_details
from forum.forms import DetailsForm
from forum.permissions import can_refile, can_retag

CHANGES_SHOWN = 20


@require_http_methods(["GET", "HEAD", "POST"])
def details(request: Request, pk: int) -> HttpResponse:
    threads = Thread.objects.visible_to(request.user).questions().filter(question__isnull=False)
    thread = get_object_or_404(threads.select_related("question__category", "product", "author"), pk=pk)
    if not request.user.is_authenticated:
        return sign_in_first(request, then=request.path)
    opening = thread.posts.select_related("thread").get(kind=Post.Kind.OPENING)
    require(can_retag(request.user, opening), SENTENCE)
    may_refile = can_refile(request.user, opening)
    form = DetailsForm(request.POST or None, question=thread.question, may_refile=may_refile)
    if request.method == "POST" and form.is_valid():
        change = partial(change_details, by=request.user, question=thread.question, **form.details)
        changed = form.attempt(change)
        if changed is not None:
            if changed:
                messages.success(request, "The details are changed.")
            return redirect(thread)
    changes = thread.question.detail_changes.select_related("changed_by")[:CHANGES_SHOWN]
    return refused(request, "forum/details.html", {"thread": thread, "changes": changes}, form)
