"""The desk's side of what is said alone: writing to one customer, and asking whether the end may be told."""

from functools import partial
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods, require_POST

from community.threads.drafting import discard_draft, read_draft
from staff.access import StaffRequest, for_responders
from staff.models import Conversation, Message
from staff.one_to_one import publishing
from staff.one_to_one.forms import AloneForm, PublicationForm, alone_form_for
from staff.one_to_one.showing import writing_side
from staff.one_to_one.writing import note_for, takes_note, write_alone
from staff.permissions import AskFirst, Refused, require_can_work_on
from staff.reading import newest_said_at
from staff.views.acts import back_to
from staff.views.conversation import fetch


@for_responders
@require_http_methods(["GET", "HEAD", "POST"])
def alone(request: StaffRequest, pk: int) -> HttpResponse:
    """Write to the customer alone."""
    current = fetch(request, pk)
    require_can_work_on(request.user, current)
    if request.method == "POST":
        return _submit(request, current)
    note = note_for(current) if takes_note(current, request.user) else ""
    draft = read_draft(request.user, f"alone:{pk}")
    return _show(request, current, alone_form_for(current, note=note, seen=newest_said_at(current), draft=draft))


@for_responders
@require_POST
def propose_publication(request: StaffRequest, pk: int) -> HttpResponse:
    """Ask the customer whether we may tell how it ended."""
    current = fetch(request, pk)
    form = PublicationForm(request.POST, prefix="told")
    if not form.is_valid():
        return _show(request, current, None, publication_form=form)
    try:
        publishing.propose(by=request.user, conversation=current, body=form.cleaned_data["body"])
    except Refused as refusal:
        messages.warning(request, str(refusal))
    else:
        messages.success(
            request, "Asked. It is published when the customer agrees, and never if they would rather not."
        )
    return back_to(request, current, "#alone")


def _submit(request: StaffRequest, current: Conversation) -> HttpResponse:
    form = AloneForm(request.POST, takes_note=takes_note(current, request.user), prefix="alone")
    sent = form.attempt(partial(_send, request, current, form)) if form.is_valid() else None
    if sent is None:
        return _show(request, current, form)
    discard_draft(by=request.user, place=f"alone:{current.pk}")
    name = current.customer.name if current.customer else ""
    messages.success(request, f"Sent to {name} alone.")
    return back_to(request, current, f"#message-{sent.pk}")


def _send(request: StaffRequest, current: Conversation, form: AloneForm) -> Message | None:
    try:
        return write_alone(by=request.user, conversation=current, **form.cleaned_data)
    except AskFirst as question:
        form.ask_first(str(question))
        return None


def _show(request: StaffRequest, current: Conversation, form: AloneForm | None, **forms: Any) -> HttpResponse:
    status = 429 if form is not None and form.retry_after else 200
    context = {"form": form, "draft_place": f"alone:{current.pk}", "desk_page": "queue"}
    context |= writing_side(current, request.user) | forms
    return render(request, "staff/messages/write.html", context, status=status)
