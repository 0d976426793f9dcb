"""What an agent does with a conversation, short of replying: one POST each, then back to its page."""

from collections.abc import Callable
from functools import partial

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_POST

from community.threads.models import Thread
from staff import claiming, closing, escalating
from staff.access import StaffRequest, for_responders
from staff.classifying import set_type
from staff.forms import CloseForm, EscalateForm, NoReplyForm, NoteForm, TypeForm
from staff.models import Conversation, ConversationType
from staff.noting import add_note
from staff.permissions import Refused
from staff.views.conversation import fetch, show_conversation
from staff.views.desk import address_of_next


@for_responders
@require_POST
def claim(request: StaffRequest, pk: int) -> HttpResponse:
    return _do(request, pk, lambda it: claiming.claim(by=request.user, conversation=it), "It is yours.")


@for_responders
@require_POST
def release(request: StaffRequest, pk: int) -> HttpResponse:
    return _do(request, pk, lambda it: claiming.release(by=request.user, conversation=it), "Given back.")


@for_responders
@require_POST
def take_over(request: StaffRequest, pk: int) -> HttpResponse:
    return _do(request, pk, lambda it: claiming.take_over(by=request.user, conversation=it), "It is yours now.")


@for_responders
@require_POST
def reopen_conversation(request: StaffRequest, pk: int) -> HttpResponse:
    return _do(request, pk, lambda it: closing.reopen(by=request.user, conversation=it), "Back in the queue.")


@for_responders
@require_POST
def choose_type(request: StaffRequest, pk: int) -> HttpResponse:
    form = TypeForm(request.POST)
    if not form.is_valid():
        messages.error(request, "Choose one of the five types.")
        return back_to(request, fetch(request, pk))
    choose = partial(set_type, by=request.user, type=form.cleaned_data["type"])
    return _do(
        request, pk, lambda it: choose(conversation=it), f"Type: {ConversationType(choose.keywords['type']).label}."
    )


@for_responders
@require_POST
def no_reply_needed(request: StaffRequest, pk: int) -> HttpResponse:
    current = fetch(request, pk)
    form = NoReplyForm(request.POST, prefix="end")
    if not form.is_valid():
        return show_conversation(request, current, end_form=form)
    end = partial(closing.no_reply_needed, by=request.user, **form.values)
    return _do(request, pk, lambda it: end(conversation=it), "Out of the queue, and written down why.")


@for_responders
@require_POST
def close_conversation(request: StaffRequest, pk: int) -> HttpResponse:
    current = fetch(request, pk)
    form = CloseForm(request.POST, prefix="end")
    if not form.is_valid():
        return show_conversation(request, current, end_form=form)
    end = partial(closing.close, by=request.user, **form.values)
    return _do(request, pk, lambda it: end(conversation=it), "Closed.")


@for_responders
@require_POST
def note(request: StaffRequest, pk: int) -> HttpResponse:
    current = fetch(request, pk)
    form = NoteForm(request.POST, prefix="note")
    if not form.is_valid():
        return show_conversation(request, current, note_form=form)
    written = add_note(by=request.user, conversation=current, body=form.cleaned_data["body"])
    messages.success(request, "Noted, for colleagues only.")
    return back_to(request, current, f"#note-{written.pk}")


@for_responders
@require_POST
def escalate(request: StaffRequest, pk: int) -> HttpResponse:
    """From any thread: `pk` is the thread's."""
    thread = get_object_or_404(Thread.objects.visible_to(request.user), pk=pk)
    form = EscalateForm(request.POST, prefix="call")
    why = form.cleaned_data["why"] if form.is_valid() else ""
    if not escalating.escalate(by=request.user, thread=thread, why=why):
        messages.info(request, "A colleague has escalated this already.")
    return back_to(request, Conversation.objects.get(thread=thread))


def _do(request: StaffRequest, pk: int, act: Callable[[Conversation], bool], done: str) -> HttpResponse:
    """Act, say that it is `done`, and go on: to the next conversation if asked to, else back to this one."""
    current = fetch(request, pk)
    following = next_wanted(request, current)
    try:
        if act(current):
            messages.success(request, done)
    except Refused as refusal:
        messages.warning(request, str(refusal))
        following = None
    return redirect(following) if following else back_to(request, current)


def next_wanted(request: StaffRequest, current: Conversation) -> str | None:
    """Where “and next” leads. Ask before the act, after which the conversation may have left the view."""
    return address_of_next(request, current) if request.POST.get("then") == "next" else None


def back_to(request: StaffRequest, current: Conversation, anchor: str = "") -> HttpResponse:
    """To the conversation's page, in the view of the queue that the agent came from."""
    query = request.GET.urlencode()
    return redirect(f"{current.get_absolute_url()}{'?' if query else ''}{query}{anchor}")
