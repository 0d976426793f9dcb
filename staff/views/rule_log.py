"""What rules did: the log and its file, taking back, and what a pause held back."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from community.notifications.views.requests import came_from
from community.outside.csv_files import csv_response
from staff.access import StaffRequest, for_readers, for_responders
from staff.automation import undoing
from staff.automation.showing import letters_held, questions_held
from staff.automation.tabs import tabs
from staff.models import Conversation, Rule, RuleAction
from staff.permissions import Refused

ROWS = 50
MOST_LINES = 50_000
MOST_AT_ONCE = 100
COLUMNS = (
    "When",
    "Rule",
    "Conversation",
    "Subject",
    "What",
    "State",
    "Held back by",
    "Decided by",
    "Undone by",
    "Error",
)


@for_readers
@require_safe
def automation_log(request: StaffRequest) -> HttpResponse:
    """`?rule=` its number; `state=`; `page=`."""
    rows, chosen = _chosen(request)
    context = {
        "page": Paginator(rows, ROWS).get_page(request.GET.get("page")),
        "rules": Rule.objects.order_by("name"),
        "states": RuleAction.State.choices,
        "chosen": chosen,
        "query": "".join(f"{name}={value}&" for name, value in chosen.items() if value),
    }
    return render(request, "staff/automation/log.html", context | tabs("automation_log"))


@for_readers
@require_safe
def automation_log_csv(request: StaffRequest) -> HttpResponse:
    """The same lines whole, as CSV."""
    rows, _ = _chosen(request)
    return csv_response(f"automation-{timezone.now():%Y-%m-%d}", COLUMNS, map(_cells, rows[:MOST_LINES]))


def _cells(line: RuleAction) -> tuple[object, ...]:
    return (
        line.at.isoformat(timespec="seconds"),
        line.rule.name,
        line.conversation_id,
        line.conversation.subject,
        line.what,
        line.get_state_display(),
        line.held_by,
        line.decided_by or "",
        line.undone_by or "",
        line.error,
    )


def _chosen(request: StaffRequest) -> tuple[Any, dict[str, str]]:
    """The lines that the reader may see, and what was chosen of them."""
    rule, state = request.GET.get("rule", ""), request.GET.get("state", "")
    chosen = {"rule": rule if rule.isdecimal() else "", "state": state if state in RuleAction.State.values else ""}
    rows = _visible(request).with_list_data()
    if chosen["rule"]:
        rows = rows.filter(rule=int(chosen["rule"][:9]))
    return rows.filter(state=chosen["state"]) if chosen["state"] else rows, chosen


def _visible(request: StaffRequest) -> Any:
    return RuleAction.objects.filter(conversation__in=Conversation.objects.visible_to(request.user))


@for_responders
@require_POST
def undo_action(request: StaffRequest, pk: int) -> HttpResponse:
    line = get_object_or_404(_visible(request).select_related("conversation"), pk=pk)
    try:
        if undoing.undo(by=request.user, line=line):
            messages.success(request, "Taken back.")
    except Refused as refusal:
        messages.warning(request, str(refusal))
    return redirect(came_from(request) or "automation_log")


@for_readers
@require_safe
def held_back(request: StaffRequest) -> HttpResponse:
    rows = _visible(request).held().with_list_data().order_by("at", "pk")
    context = {
        "page": Paginator(rows, ROWS).get_page(request.GET.get("page")),
        "letters": letters_held(),
        "questions": questions_held(),
    }
    return render(request, "staff/automation/held.html", context | tabs("held_back"))


@for_responders
@require_POST
def do_held(request: StaffRequest) -> HttpResponse:
    """`line`: one or more numbers."""
    return _decide(request, undoing.do_now, "Done: {}.")


@for_responders
@require_POST
def drop_held(request: StaffRequest) -> HttpResponse:
    return _decide(request, undoing.drop, "Dropped: {}.")


def _decide(request: StaffRequest, act: Callable[..., bool], said: str) -> HttpResponse:
    numbers = [int(number[:9]) for number in request.POST.getlist("line")[:MOST_AT_ONCE] if number.isdecimal()]
    lines = list(_visible(request).filter(pk__in=numbers).select_related("conversation"))
    if not lines:
        messages.info(request, "Choose at least one line.")
    decided = 0
    for line in lines:
        try:
            decided += act(by=request.user, line=line)
        except Refused as refusal:
            messages.warning(request, f"{line.conversation.subject}: {refusal}")
    if decided:
        messages.success(request, said.format(decided))
    return redirect(came_from(request) or "held_back")
