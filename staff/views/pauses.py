"""Pauses: the big switch, and those of a category, a thread or a customer."""

from collections.abc import Callable

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from community.members.models import Member
from community.notifications.views.requests import came_from
from community.threads import pausing
from community.threads.models import Pause, Thread
from staff.access import StaffRequest, for_managers, for_readers, for_responders
from staff.automation.pause_forms import CategoryPauseForm, PauseForm, StopForm
from staff.automation.showing import shown
from staff.automation.tabs import tabs

PAST = 50


@for_readers
@require_safe
def pauses(request: StaffRequest) -> HttpResponse:
    return _show(request, CategoryPauseForm())


def _show(request: StaffRequest, form: CategoryPauseForm, status: int = 200) -> HttpResponse:
    now = timezone.now()
    rows = Pause.objects.select_related("category", "thread", "customer", "paused_by", "lifted_by")
    standing = rows.standing(now)
    context = {
        "standing": [shown(pause, request.user) for pause in standing.by_hand()],
        "after_reply": standing.filter(is_after_reply=True).count(),
        "past": rows.by_hand().exclude(pk__in=standing.values("pk"))[:PAST],
        "form": form,
    }
    return render(request, "staff/automation/pauses.html", context | tabs("pauses"), status=status)


@for_responders
@require_POST
def stop_everything(request: StaffRequest) -> HttpResponse:
    """The big switch. Never refused for want of a reason: who sees the accident stops it first."""
    form = StopForm(request.POST)
    if not form.is_valid():
        form = StopForm({})
        form.is_valid()
    pausing.pause(by=request.user, because=form.because_or_none, until=form.until)
    messages.success(request, "Everything automatic is stopped. Colleagues see it on every page of the desk.")
    return redirect(came_from(request) or "pauses")


@for_managers
@require_POST
def start_again(request: StaffRequest) -> HttpResponse:
    stopped = Pause.objects.standing(timezone.now()).of_site().first()
    if stopped and pausing.lift(by=request.user, pause=stopped):
        messages.success(request, "Automation is on again. What was held back is still there to decide.")
    return redirect(came_from(request) or "pauses")


@for_managers
@require_POST
def pause_category(request: StaffRequest) -> HttpResponse:
    form = CategoryPauseForm(request.POST)
    if not form.is_valid():
        return _show(request, form, 422)
    because, category = form.cleaned_data["because"], form.cleaned_data["category"]
    pausing.pause(by=request.user, because=because, category=category, until=form.until)
    messages.success(request, f"Paused: {category}.")
    return redirect("pauses")


@for_responders
@require_POST
def pause_thread(request: StaffRequest, pk: int) -> HttpResponse:
    thread = get_object_or_404(Thread.objects.visible_to(request.user), pk=pk)
    return _pause(request, lambda **why: pausing.pause(by=request.user, thread=thread, **why), "This thread is paused.")


@for_responders
@require_POST
def pause_customer(request: StaffRequest, pk: int) -> HttpResponse:
    customer = get_object_or_404(Member, pk=pk, is_active=True)
    said = f"What goes to {customer} by itself is paused."
    return _pause(request, lambda **why: pausing.pause(by=request.user, customer=customer, **why), said)


def _pause(request: StaffRequest, act: Callable[..., Pause], said: str) -> HttpResponse:
    form = PauseForm(request.POST)
    if form.is_valid():
        try:
            act(because=form.cleaned_data["because"], until=form.until)
            messages.success(request, said)
        except ValidationError as error:
            messages.error(request, " ".join(error.messages))
    else:
        messages.error(request, "Say why: colleagues will read it while it is paused.")
    return redirect(came_from(request) or "pauses")


@for_responders
@require_POST
def lift_pause(request: StaffRequest, pk: int) -> HttpResponse:
    """A thread's or a customer's by every responder, all others by managers (403)."""
    if pausing.lift(by=request.user, pause=get_object_or_404(Pause, pk=pk)):
        messages.success(request, "It goes on again.")
    return redirect(came_from(request) or "pauses")
