"""Acting on the conversations that an agent has picked, one or many: one POST each, then back to where they were."""

from collections.abc import Callable
from functools import partial

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from staff import assigning, claiming, snoozing
from staff.access import StaffRequest, for_responders
from staff.queue.acting import Report, act_on, end
from staff.queue.filters import Filters, is_number
from staff.queue.forms import AssignForm, EndManyForm, PickForm, SnoozeForm
from staff.queue.saying import say_report

Chosen = tuple[Callable[..., bool], str]  # a verb but for its conversation, and what to say when it was done


@for_responders
@require_POST
def claim_many(request: StaffRequest) -> HttpResponse:
    form = PickForm(request.POST, reader=request.user)
    return _do(request, form, lambda: (partial(claiming.claim, by=request.user), "Claimed"))


@for_responders
@require_POST
def assign_many(request: StaffRequest) -> HttpResponse:
    """To a colleague or oneself; `to` empty: to nobody."""
    form = AssignForm(request.POST, reader=request.user)

    def act() -> Chosen:
        to = form.cleaned_data["to"]
        if to is None:
            return partial(assigning.unassign, by=request.user), "Assigned to nobody"
        return partial(assigning.assign, by=request.user, to=to), f"Assigned to {to.name}"

    return _do(request, form, act)


@for_responders
@require_POST
def snooze_many(request: StaffRequest) -> HttpResponse:
    form = SnoozeForm(request.POST, reader=request.user)
    return _do(request, form, lambda: (partial(snoozing.snooze, by=request.user, until=form.moment()), "Snoozed"))


@for_responders
@require_POST
def wake_many(request: StaffRequest) -> HttpResponse:
    form = PickForm(request.POST, reader=request.user)
    return _do(request, form, lambda: (partial(snoozing.wake, by=request.user), "Back in the queue"))


@for_responders
@require_POST
def end_many(request: StaffRequest) -> HttpResponse:
    """No reply needed, or closed, as each stands; one reason for all."""
    form = EndManyForm(request.POST, reader=request.user)

    def act() -> Chosen:
        values = form.cleaned_data
        return partial(end, by=request.user, because=values["because"], as_of=values["as_of"]), "Ended"

    return _do(request, form, act)


def _do(request: StaffRequest, form: PickForm, chosen_act: Callable[[], Chosen]) -> HttpResponse:
    if not form.is_valid():
        messages.error(request, " ".join(str(sentence) for sentences in form.errors.values() for sentence in sentences))
        return _back(request)
    act, did = chosen_act()
    _say(request, act_on(form.picked, lambda conversation: act(conversation=conversation)), did)
    return _back(request)


def _say(request: StaffRequest, report: Report, did: str) -> None:
    done, refused = say_report(report, did)
    if done:
        messages.success(request, done)
    if refused:
        messages.warning(request, refused)


def _back(request: StaffRequest) -> HttpResponse:
    """To the conversation that `on` names, or to the page of the queue that the agent came from."""
    filters = Filters.of(request.GET)
    on, page = request.GET.get("on", ""), request.GET.get("page", "")
    where = reverse("conversation", args=[int(on)]) if is_number(on) else reverse("desk")
    query = filters.query + (f"page={page}" if is_number(page) else "")
    return redirect(where + (f"?{query.removesuffix('&')}" if query else ""))
