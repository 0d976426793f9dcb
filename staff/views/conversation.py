"""One conversation's page, beside the queue."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from community.threads.drafting import read_draft
from staff import queue
from staff.access import StaffRequest, for_readers
from staff.customer import standing_of
from staff.forms import EndForm, EscalateForm, NoteForm, ReplyForm, reply_form_for
from staff.models import Conversation, ConversationType, Effect, Reason
from staff.permissions import can_work_on
from staff.showing import show_thread
from staff.views.desk import queue_context


@for_readers
@require_safe
def conversation(request: StaffRequest, pk: int) -> HttpResponse:
    return show_conversation(request, fetch(request, pk))


def fetch(request: StaffRequest, pk: int) -> Conversation:
    """The conversation, if the reader may see it; else 404."""
    found = Conversation.objects.visible_to(request.user).select_related(
        "thread__product", "thread__author", "customer", "claimed_by", "closed_by", "type_confirmed_by"
    )
    return get_object_or_404(found, pk=pk)


def show_conversation(
    request: StaffRequest, current: Conversation, reply_form: ReplyForm | None = None, status: int = 200, **forms: Any
) -> HttpResponse:
    """The page, with whichever form was refused."""
    now = timezone.now()
    reasons = list(Reason.objects.standing().filter(conversation=current))
    shown = show_thread(current, reasons, request.user)
    seen = max((item.post.pk for item in shown), default=None)
    if reply_form is None:
        reply_form = reply_form_for(current, seen, read_draft(request.user, f"reply:{current.pk}"))
    context = {
        "conversation": current,
        "reasons": reasons,
        "shown": shown,
        "hidden_count": max(0, current.thread.answer_count + current.thread.comment_count + 1 - len(shown)),
        "holder": current.holder(now),
        "clock": queue.clock_of(current, now),
        "can_work": can_work_on(request.user, current),
        "standing": standing_of(current),
        "notes": current.notes.select_related("author"),
        "events": current.events.select_related("actor").order_by("-at", "-pk")[:50],
        "reply_form": reply_form,
        "note_form": forms.get("note_form") or NoteForm(prefix="note"),
        "end_form": forms.get("end_form") or EndForm(prefix="end", initial={"seen": seen}),
        "escalate_form": EscalateForm(prefix="call"),
        "types": ConversationType.choices,
        "seen": seen,
        "effects": [choice for choice in Effect.choices if choice[0] != Effect.UNKNOWN],
        "draft_place": f"reply:{current.pk}",
    }
    return render(request, "staff/conversation.html", context | queue_context(request, current), status=status)
