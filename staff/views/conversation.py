"""One conversation's page, beside the queue; and the line that says who has it, which keeps itself up to date."""

from typing import Any

from django.db.models import Max
from django.http import HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from community.threads.drafting import read_draft
from community.threads.models import Post
from staff import claiming
from staff.access import StaffRequest, for_readers, for_responders
from staff.customer import standing_of
from staff.forms import CloseForm, EscalateForm, NoReplyForm, NoteForm, ReplyForm, reply_form_for
from staff.models import Conversation, ConversationType, Effect, Reason
from staff.noting import show_notes
from staff.permissions import can_work_on
from staff.queue.clocks import clock_of
from staff.reading import last_company_word
from staff.showing import Shown, show_thread
from staff.suggesting.showing import drafts_for
from staff.views.desk import queue_context

EVENTS = 100
OWN = ("post", "message", "holder", "below")
"""What stands in this page's own addresses; the rest of a query is the view of the queue."""


@for_readers
@require_safe
def conversation(request: StaffRequest, pk: int) -> HttpResponse:
    return show_conversation(request, fetch(request, pk))


@for_readers
@require_safe
@never_cache
def who_has_it(request: StaffRequest, pk: int) -> HttpResponse:
    """The line that says who has it, asked for by the open page: 204 while nothing has changed since.

    `post` and `message` are the newest that the page shows, `holder` what it says of who has it.
    """
    current = fetch(request, pk)
    context = _claim_context(request, current)
    context["is_news"] = _has_more(request, current)
    if context["holder_key"] == request.GET.get("holder") and not context["is_news"]:
        return HttpResponse(status=204)
    return render(request, "staff/claim.html", context)


@for_responders
@require_POST
def renew_claim(request: StaffRequest, pk: int) -> HttpResponse:
    """Sent by a script while somebody types: what is free is theirs, what is theirs stays so."""
    current = fetch(request, pk)
    claiming.renew(by=request.user, conversation=current)
    return render(request, "staff/claim.html", _claim_context(request, fetch(request, pk)))


def fetch(request: StaffRequest, pk: int) -> Conversation:
    """The conversation, if the reader may see it; else 404."""
    found = Conversation.objects.visible_to(request.user).select_related(
        "thread__product",
        "thread__author",
        "product",
        "mention__source",
        "customer",
        "claimed_by",
        "closed_by",
        "type_confirmed_by",
        "assigned_to",
        "snoozed_by",
    )
    return get_object_or_404(found, pk=pk)


def show_conversation(
    request: StaffRequest, current: Conversation, reply_form: ReplyForm | None = None, status: int = 200, **forms: Any
) -> HttpResponse:
    """The page, with whichever form was refused; what else is in `forms` goes to the template by its name."""
    reasons = list(Reason.objects.standing().filter(conversation=current))
    shown = show_thread(current, reasons, request.user)
    context = {
        "reasons": reasons,
        "came_alone": any(reason.message_id for reason in reasons),
        "shown": shown,
        "hidden_count": _hidden_count(current, shown),
        "clock": clock_of(current, timezone.now()),
        "standing": standing_of(current),
        "notes": show_notes(current.notes.select_related("author", "conversation")),
        "events": current.events.select_related("actor").order_by("-at", "-pk")[:EVENTS],
        "types": ConversationType.choices,
        "effects": [choice for choice in Effect.choices if choice[0] != Effect.UNKNOWN],
        "draft_place": f"reply:{current.pk}",
    }
    context |= _claim_context(request, current)
    context |= _seen(shown) | _forms(request, current, reply_form) | forms
    return render(request, "staff/conversation.html", context | queue_context(request, current), status=status)


def _forms(request: StaffRequest, current: Conversation, reply_form: ReplyForm | None) -> dict[str, Any]:
    """Those that an agent can fill in now."""
    if not can_work_on(request.user, current):
        return {"can_work": False}
    if reply_form is None and current.thread_id is not None:
        draft = read_draft(request.user, f"reply:{current.pk}")
        below = request.GET.get("below")
        reply_form = reply_form_for(current, request.user, draft | ({"below": below} if below else {}))
    return {
        "can_work": True,
        "reply_form": reply_form,
        "note_form": NoteForm(prefix="note"),
        "end_form": NoReplyForm(prefix="end") if current.needs_reply else CloseForm(prefix="end"),
        "has_replied": not current.needs_reply and last_company_word(current) is not None,
        "escalate_form": EscalateForm(prefix="call"),
    } | (drafts_for(current) if current.thread_id else {})


def _claim_context(request: StaffRequest, current: Conversation) -> dict[str, Any]:
    """Who has it. `keep` is the view of the queue that the reader came from, for the addresses in the page."""
    now = timezone.now()
    holder, is_answering = current.holder(now), claiming.is_answering(current, now)
    query = _without(request.GET, OWN)
    return {
        "conversation": current,
        "holder": holder,
        "is_answering": is_answering,
        "holder_key": f"{holder.pk if holder else 0}{'a' if is_answering else ''}",
        "can_work": can_work_on(request.user, current),
        "keep": f"?{query}" if query else "",
    }


def _without(query: QueryDict, names: tuple[str, ...]) -> str:
    kept = query.copy()
    for name in names:
        kept.pop(name, None)
    return kept.urlencode()


def _has_more(request: StaffRequest, current: Conversation) -> bool:
    """Was anything said after what the page shows? Two queries."""
    posts = Post.objects.visible_to(request.user).filter(thread=current.thread_id)
    newest = {
        "post": posts.aggregate(pk=Max("pk"))["pk"] if current.thread_id else None,
        "message": current.messages.aggregate(pk=Max("pk"))["pk"],
    }
    return any((pk or 0) > _number(request.GET.get(name)) for name, pk in newest.items() if name in request.GET)


def _number(text: str | None) -> int:
    return int(text) if text and text.isascii() and text.isdecimal() and len(text) < 19 else 0


def _seen(shown: list[Shown]) -> dict[str, int]:
    """The newest post and message on the page; 0 where there is none."""
    return {
        "seen": max((item.post.pk for item in shown if item.post), default=0),
        "seen_message": max((item.message.pk for item in shown if item.message), default=0),
    }


def _hidden_count(current: Conversation, shown: list[Shown]) -> int:
    if current.thread is None:
        return 0
    posts = sum(item.post is not None for item in shown)
    return max(0, current.thread.answer_count + current.thread.comment_count + 1 - posts)
