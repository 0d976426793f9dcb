"""Sending the company's reply."""

from functools import partial

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from community.threads.drafting import discard_draft
from staff import replying
from staff.access import StaffRequest, for_responders
from staff.forms import ReplyForm
from staff.models import Conversation, Reply
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
