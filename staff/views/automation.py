"""Rules: the list for everybody at the desk, writing, trying and switching for managers."""

from collections.abc import Callable

from django.contrib import messages
from django.db.models import Count, Q
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from staff.access import StaffRequest, for_managers, for_readers, for_responders
from staff.automation import ruling, trying
from staff.automation.forms import RuleForm
from staff.automation.tabs import tabs
from staff.models import Rule, RuleAction
from staff.permissions import Refused

MOST_SHOWN = 200


@for_readers
@require_safe
def automation(request: StaffRequest) -> HttpResponse:
    rules = Rule.objects.select_related("switched_by", "tried_by").annotate(
        done=Count("actions", filter=Q(actions__state=RuleAction.State.DONE))
    )
    return render(request, "staff/automation/rules.html", {"rules": rules, **tabs("automation")})


@for_managers
@require_http_methods(["GET", "HEAD", "POST"])
def new_rule(request: StaffRequest) -> HttpResponse:
    form = RuleForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        rule = ruling.write_rule(by=request.user, **form.values)
        messages.success(request, "The rule is written and off. Try it, then switch it on.")
        return redirect("automation_rule", rule.pk)
    return render(request, "staff/automation/new.html", {"form": form, **tabs("automation")})


@for_managers
@require_http_methods(["GET", "HEAD", "POST"])
def automation_rule(request: StaffRequest, pk: int) -> HttpResponse:
    """A rule to read and change, with its own history."""
    rule = get_object_or_404(Rule.objects.select_related("tried_by", "switched_by"), pk=pk)
    form = RuleForm(request.POST or None, rule=rule)
    if request.method == "POST" and form.is_valid():
        was_on = rule.is_on
        ruling.change_rule(by=request.user, rule=rule, **form.values)
        rule.refresh_from_db()
        messages.success(request, "Saved." if rule.is_on or not was_on else "Saved. The rule is off: try it anew.")
        return redirect("automation_rule", rule.pk)
    context = {"rule": rule, "form": form, "changes": rule.changes.select_related("actor")[:50]}
    return render(request, "staff/automation/rule.html", context | tabs("automation"))


@for_managers
@require_POST
def try_rule(request: StaffRequest, pk: int) -> HttpResponse:
    """Run it over the last 30 days, and show what it would have done."""
    rule = get_object_or_404(Rule, pk=pk)
    trying.try_out(by=request.user, rule=rule)
    return redirect("dry_run", rule.pk)


@for_managers
@require_safe
def dry_run(request: StaffRequest, pk: int) -> HttpResponse:
    rule = get_object_or_404(Rule.objects.select_related("tried_by"), pk=pk)
    found = trying.dry_run(rule)
    context = {"rule": rule, "found": found, "touched": found.touched[:MOST_SHOWN], "days": trying.PERIOD.days}
    return render(request, "staff/automation/dry_run.html", context | tabs("automation"))


@for_managers
@require_POST
def switch_rule_on(request: StaffRequest, pk: int) -> HttpResponse:
    return _do(request, pk, lambda rule: ruling.switch_on(by=request.user, rule=rule), "The rule “{}” is on.")


@for_responders
@require_POST
def switch_rule_off(request: StaffRequest, pk: int) -> HttpResponse:
    return _do(request, pk, lambda rule: ruling.switch_off(by=request.user, rule=rule), "The rule “{}” is off.")


@for_managers
@require_POST
def delete_rule(request: StaffRequest, pk: int) -> HttpResponse:
    return _do(request, pk, lambda rule: ruling.delete_rule(by=request.user, rule=rule), "The rule “{}” is gone.")


def _do(request: StaffRequest, pk: int, act: Callable[[Rule], bool], said: str) -> HttpResponse:
    rule = get_object_or_404(Rule, pk=pk)
    try:
        if act(rule):
            messages.success(request, said.format(rule))
    except Refused as refusal:
        messages.warning(request, str(refusal))
    return redirect("automation")
