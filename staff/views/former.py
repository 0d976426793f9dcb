"""The re-activation list: who has gone quiet, one personal message each, and why they left."""

from functools import partial
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from staff.access import StaffRequest, for_managers, for_readers, for_responders
from staff.former import showing, working
from staff.former.forms import AloneNoteForm, LeavingForm, ListForm, WriteForm
from staff.former.listing import Looked, bring_list, look_at_list
from staff.models import FormerCustomer, Message
from staff.permissions import Refused


@for_readers
@require_safe
def former_customers(request: StaffRequest) -> HttpResponse:
    return _list(request, ListForm())


@for_managers
@require_POST
def bring_former_customers(request: StaffRequest) -> HttpResponse:
    """Looks first; brings them in where that was asked for."""
    form = ListForm(request.POST, request.FILES)
    if not form.is_valid():
        return _list(request, form)
    text, name = form.cleaned_data["text"], form.cleaned_data["name"]
    is_final = request.POST.get("act") == "bring"
    act = partial(bring_list, name=name) if is_final else look_at_list
    looked = form.attempt(partial(act, by=request.user, text=text))
    if looked is not None and is_final:
        messages.success(request, f"{len(looked.fresh):,} came on the list; {len(looked.listed):,} were on it already.")
        return redirect("former_customers")
    shown = ListForm(initial={"name": name, "addresses": text}) if looked is not None else form
    return _list(request, shown, looked)


@for_readers
@require_safe
def former_customer(request: StaffRequest, pk: int) -> HttpResponse:
    return _page(request, _fetch(pk))


@for_responders
@require_POST
def write_to_former(request: StaffRequest, pk: int) -> HttpResponse:
    former = _fetch(pk)
    form = WriteForm(request.POST)
    sent = form.attempt(partial(_write, request, former, form)) if form.is_valid() else None
    if sent is None:
        return _page(request, _fetch(pk), write_form=form)
    messages.success(request, f"Your message to {former.member.name} is on its way.")
    return redirect("former_customer", pk)


@for_responders
@require_POST
def leave_former_alone(request: StaffRequest, pk: int) -> HttpResponse:
    form = AloneNoteForm(request.POST)
    note = form.cleaned_data["note"] if form.is_valid() else ""
    if working.leave_alone(by=request.user, former=_fetch(pk), note=note):
        messages.success(request, "Nobody writes to them.")
    return redirect("former_customer", pk)


@for_responders
@require_POST
def put_former_back(request: StaffRequest, pk: int) -> HttpResponse:
    if working.put_back(by=request.user, former=_fetch(pk)):
        messages.success(request, "Back on the list.")
    return redirect("former_customer", pk)


@for_responders
@require_POST
def record_leaving(request: StaffRequest, pk: int) -> HttpResponse:
    former = _fetch(pk)
    form = LeavingForm(request.POST, prefix="left")
    if not form.is_valid():
        return _page(request, former, leaving_form=form)
    noted = working.record_leaving(
        by=request.user, member=former.member, conversation=former.conversation, **form.cleaned_data
    )
    messages.success(request, "Noted." if noted else "A colleague noted the same.")
    return redirect("former_customer", pk)


def _write(request: StaffRequest, former: FormerCustomer, form: WriteForm) -> Message | None:
    try:
        return working.write_once(by=request.user, former=former, **form.cleaned_data)
    except Refused as refusal:
        form.add_error(None, str(refusal))
        return None


def _fetch(pk: int) -> FormerCustomer:
    found = FormerCustomer.objects.select_related("member", "conversation", "state_changed_by")
    return get_object_or_404(found, pk=pk)


def _list(request: StaffRequest, form: ListForm, looked: Looked | None = None) -> HttpResponse:
    state = showing.state_of(request.GET.get("state", ""))
    page = Paginator(showing.rows(state), showing.ROWS).get_page(request.GET.get("page"))
    context: dict[str, Any] = {
        "page": page,
        "rows": showing.with_allowed(page),
        "tabs": showing.tabs(state),
        "query": f"state={state}&",
        "state": state,
        "form": form,
        "looked": looked,
        "quiet_months": showing.quiet_months(),
        "desk_page": "former",
    }
    return render(request, "staff/former/list.html", context)


def _page(request: StaffRequest, former: FormerCustomer, **forms: Any) -> HttpResponse:
    context = showing.page_of(former, request.user) | {
        "write_form": forms.get("write_form") or WriteForm(initial=showing.beginning(former)),
        "alone_form": AloneNoteForm(),
        "leaving_form": forms.get("leaving_form") or LeavingForm(prefix="left"),
        "desk_page": "former",
    }
    return render(request, "staff/former/page.html", context)
