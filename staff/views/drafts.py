"""Drafts for a reply: looking for suggestions, and putting one into the text without a script."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.views.decorators.http import require_POST

from staff.access import StaffRequest, for_responders
from staff.drafts.saved_replies import fill_in
from staff.forms import KEPT, ReplyForm
from staff.models import Conversation, SavedReply
from staff.permissions import require_can_work_on
from staff.queue.filters import is_number
from staff.suggesting.keeping import fresh, suggest
from staff.views.acts import back_to
from staff.views.conversation import fetch, show_conversation


@for_responders
@require_POST
def look_for_suggestions(request: StaffRequest, pk: int) -> HttpResponse:
    current = fetch(request, pk)
    require_can_work_on(request.user, current)
    if not suggest(current):
        messages.info(request, "Nothing new was found.")
    return back_to(request, current, "#suggestions")


@for_responders
@require_POST
def insert_draft(request: StaffRequest, pk: int) -> HttpResponse:
    """Show the page again with a saved reply (`saved`) or suggestion (`insert`) in the text. Nothing is sent."""
    current = fetch(request, pk)
    require_can_work_on(request.user, current)
    chosen = request.POST.get("insert", "")
    values = {name: request.POST.get(name, "")[:40_000] for name in (*KEPT, "type", "submission_key")}
    added = _saved(request, current) if chosen == "saved" else _suggested(current, chosen.removeprefix("suggestion-"))
    if added is None:
        messages.warning(request, "That draft is out of date: something was said since. Your text is kept.")
        added = {}
    values |= {name: value for name, value in added.items() if name not in ("body", "drafts")}
    values["body"] = "\n\n".join(text for text in (values["body"].rstrip(), added.get("body", "")) if text)
    values["drafts"] = f"{values['drafts']} {added.get('drafts', '')}".strip()
    form = ReplyForm(initial=values, conversation=current, reader=request.user)
    return show_conversation(request, current, form)


def _saved(request: StaffRequest, current: Conversation) -> dict[str, Any] | None:
    pk = request.POST.get("saved", "")
    reply = SavedReply.objects.filter(pk=int(pk)).first() if is_number(pk) else None
    return {"body": fill_in(reply.body, current), "drafts": f"saved-{reply.pk}"} if reply else None


def _suggested(current: Conversation, pk: str) -> dict[str, Any] | None:
    one = fresh(current).filter(pk=int(pk)).first() if is_number(pk) else None
    if one is None:
        return None
    link = {"link_url": one.url, "link_need": one.need} if one.url else {}
    return {"body": fill_in(one.body, current), "drafts": f"suggestion-{one.pk}"} | link
