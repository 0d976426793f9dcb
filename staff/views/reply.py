"""Sending the company's reply, and recording what a reply did."""

from functools import partial

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_POST

from community.threads.drafting import discard_draft
from community.threads.models import Post
from staff import outcomes, replying
from staff.access import StaffRequest, for_responders
from staff.forms import OutcomeForm, ReplyForm
from staff.models import Conversation, Evidence, Reply
from staff.permissions import AskFirst
from staff.views.acts import back_to, next_wanted
from staff.views.conversation import fetch, show_conversation


@for_responders
@require_POST
def reply(request: StaffRequest, pk: int) -> HttpResponse:
    current = fetch(request, pk)
    form = ReplyForm(request.POST, conversation=current, reader=request.user)
    following = next_wanted(request, current)
    sent = form.attempt(partial(_send, request, current, form)) if form.is_valid() else None
    if sent is None:
        response = show_conversation(request, fetch(request, pk), form, status=429 if form.retry_after else 200)
        if form.retry_after:
            response["Retry-After"] = str(form.retry_after)
        return response
    discard_draft(by=request.user, place=f"reply:{pk}")
    messages.success(request, "Holding reply sent. The customer still waits." if sent.is_holding else "Reply sent.")
    return redirect(following) if following else back_to(request, current, f"#{sent.post.anchor}")


def _send(request: StaffRequest, current: Conversation, form: ReplyForm) -> Reply | None:
    values = {**form.cleaned_data}
    values["seen_post"] = values.pop("seen")
    try:
        return replying.reply(by=request.user, conversation=current, **values)
    except AskFirst as question:
        form.ask_first(str(question))
        return None


@for_responders
@require_POST
def record_outcome(request: StaffRequest, pk: int) -> HttpResponse:
    """`pk` is the reply's post. An empty effect takes back what was recorded."""
    posts = Post.objects.visible_to(request.user).select_related("thread__conversation")
    post = get_object_or_404(posts.filter(thread__conversation__isnull=False), pk=pk)
    if not request.POST.get("effect"):
        evidence = request.POST.get("evidence", Evidence.STAFF_JUDGEMENT)
        outcomes.take_back(by=request.user, post=post, evidence=evidence)
        return _back(request, post)
    form = OutcomeForm(request.POST, post=post)
    if form.is_valid():
        outcomes.record(by=request.user, post=post, **form.cleaned_data)
    else:
        messages.error(request, "That outcome could not be recorded: choose what the reply did.")
    return _back(request, post)


def _back(request: StaffRequest, post: Post) -> HttpResponse:
    query = request.GET.urlencode()
    address = post.thread.conversation.get_absolute_url()
    return redirect(f"{address}{'?' if query else ''}{query}#{post.anchor}")
