"""Saved replies: what the editor's “/” offers, and the page where they are written."""

from functools import partial
from typing import Any

from django.contrib import messages
from django.http import HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from community.members.text import tidy_line
from staff.access import StaffRequest, for_readers, for_responders
from staff.drafts import saved_replies
from staff.drafts.forms import SavedReplyForm
from staff.models import Conversation, SavedReply
from staff.queue.filters import is_number
from staff.views.colleagues import LONGEST


@for_readers
@require_safe
def saved_reply_list(request: StaffRequest) -> HttpResponse:
    words = tidy_line(request.GET.get("q", "")[:100])
    replies = saved_replies.found(words).select_related("written_by")
    rows = [(reply, saved_replies.can_change(request.user, reply)) for reply in replies]
    return render(request, "staff/saved_replies/list.html", {"rows": rows, "q": words, "desk_page": "saved"})


@for_responders
@require_http_methods(["GET", "HEAD", "POST"])
def write_saved_reply(request: StaffRequest) -> HttpResponse:
    form = SavedReplyForm(request.POST if request.method == "POST" else None)
    made = partial(saved_replies.write, by=request.user)
    return _edit(request, form, lambda: bool(made(**form.cleaned_data)), None)


@for_responders
@require_http_methods(["GET", "HEAD", "POST"])
def change_saved_reply(request: StaffRequest, pk: int) -> HttpResponse:
    reply = get_object_or_404(SavedReply, pk=pk)
    saved_replies.require_can_change(request.user, reply)
    initial = {"title": reply.title, "category": reply.category, "body": reply.body}
    form = SavedReplyForm(request.POST if request.method == "POST" else None, initial=initial)
    change = partial(saved_replies.change, by=request.user, reply=reply)
    return _edit(request, form, lambda: change(**form.cleaned_data) or True, reply)


@for_responders
@require_POST
def delete_saved_reply(request: StaffRequest, pk: int) -> HttpResponse:
    reply = get_object_or_404(SavedReply, pk=pk)
    if saved_replies.delete(by=request.user, reply=reply):
        messages.success(request, f"“{reply.title}” is deleted. What was sent with it stays.")
    return redirect("saved_replies")


@for_readers
@require_safe
@never_cache
def saved_reply_choices(request: StaffRequest) -> HttpResponse:
    """JSON for the editor's “/”: `q`, the words after it, or `pk`, a certain one; `conversation` fills them in."""
    pk, here = request.GET.get("conversation", ""), request.GET.get("pk", "")
    visible = Conversation.objects.visible_to(request.user).select_related("customer", "product")
    conversation = get_object_or_404(visible, pk=int(pk) if is_number(pk) else 0)
    words = tidy_line(request.GET.get("q", "")[:LONGEST])
    replies = SavedReply.objects.filter(pk=int(here)) if is_number(here) else saved_replies.offered(words)
    return JsonResponse({"choices": [_choice(reply, conversation) for reply in replies]})


def _choice(reply: SavedReply, conversation: Conversation) -> dict[str, str]:
    return {
        "value": f"saved-{reply.pk}",
        "label": reply.title,
        "note": reply.category,
        "text": saved_replies.fill_in(reply.body, conversation),
    }


def _edit(request: StaffRequest, form: SavedReplyForm, act: Any, reply: SavedReply | None) -> HttpResponse:
    if form.is_bound and form.is_valid() and form.attempt(act):
        messages.success(request, "Saved. Colleagues find it with “/” from now on.")
        return redirect("saved_replies")
    return render(request, "staff/saved_replies/edit.html", {"form": form, "reply": reply, "desk_page": "saved"})
