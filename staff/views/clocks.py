"""Hours, days off and targets: one page for managers, each act at its own address."""

from datetime import date
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from staff.access import StaffRequest, for_managers
from staff.clocks import setting
from staff.clocks.calendar_file import DayOff, read_calendar
from staff.clocks.forms import CalendarForm, HolidayForm, HoursForm, KeepDaysForm, PolicyForm, TryForm
from staff.clocks.hours import Subject, hours_now
from staff.clocks.trying import try_out
from staff.models import Holiday, SlaPolicy
from staff.permissions import Refused


@for_managers
@require_safe
def clocks(request: StaffRequest) -> HttpResponse:
    """`?at=…&product=…&category=…&type=…&priority=…` tries out when a reply would be due."""
    return _show(request)


@for_managers
@require_POST
def set_hours(request: StaffRequest) -> HttpResponse:
    form = HoursForm(request.POST)
    if form.is_valid():
        try:
            setting.set_hours(by=request.user, week=form.cleaned_data["week"], zone=form.cleaned_data["zone"])
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, "These are the hours from now on. What is due already keeps its time.")
            return _back("hours")
    return _show(request, status=422, hours_form=form)


@for_managers
@require_POST
def add_holiday(request: StaffRequest) -> HttpResponse:
    form = HolidayForm(request.POST)
    if form.is_valid():
        off = DayOff(form.cleaned_data["day"], form.cleaned_data["name"])
        return _keep(request, [off]) or _show(request, status=422, holiday_form=form)
    return _show(request, status=422, holiday_form=form)


@for_managers
@require_POST
def remove_holiday(request: StaffRequest, day: str) -> HttpResponse:
    try:
        setting.remove_holiday(by=request.user, day=date.fromisoformat(day))
    except ValueError as error:
        raise Http404 from error
    return _back("holidays")


@for_managers
@require_POST
def look_at_calendar(request: StaffRequest) -> HttpResponse:
    """Show what a calendar file holds; nothing is kept."""
    form = CalendarForm(request.POST, request.FILES)
    if form.is_valid():
        try:
            zone = hours_now().zone
            found = read_calendar(form.cleaned_data["calendar"].read(), today=timezone.localdate(), zone=zone)
        except ValidationError as error:
            form.add_error("calendar", error)
        else:
            known = set(Holiday.objects.values_list("day", flat=True))
            fresh = tuple(off for off in found.days if off.day not in known)
            context = {"found": found, "fresh": fresh, "signed": KeepDaysForm.sign(fresh), "desk_page": "clocks"}
            return render(request, "staff/clocks/calendar.html", context)
    return _show(request, status=422, calendar_form=form)


@for_managers
@require_POST
def keep_days(request: StaffRequest) -> HttpResponse:
    form = KeepDaysForm(request.POST)
    if form.is_valid():
        return _keep(request, form.cleaned_data["days"]) or _back("holidays")
    messages.error(request, str(form.errors["days"][0]))
    return _back("holidays")


@for_managers
@require_http_methods(["GET", "HEAD", "POST"])
def policy(request: StaffRequest, pk: int | None = None) -> HttpResponse:
    """A new policy, or one to change."""
    current = get_object_or_404(SlaPolicy, pk=pk) if pk is not None else SlaPolicy()
    form = PolicyForm(request.POST if request.method == "POST" else None, instance=current)
    if request.method == "POST" and form.is_valid():
        setting.save_policy(by=request.user, policy=form.instance)
        messages.success(request, "Saved. It counts for clocks that start from now on.")
        return _back("policies")
    status = 422 if form.errors else 200
    return render(request, "staff/clocks/policy.html", {"form": form, "pk": pk, "desk_page": "clocks"}, status=status)


@for_managers
@require_POST
def move_policy(request: StaffRequest, pk: int, way: str) -> HttpResponse:
    setting.move_policy(by=request.user, policy=get_object_or_404(SlaPolicy, pk=pk), up=way == "up")
    return _back("policies")


@for_managers
@require_POST
def remove_policy(request: StaffRequest, pk: int) -> HttpResponse:
    if setting.remove_policy(by=request.user, policy=get_object_or_404(SlaPolicy, pk=pk)):
        messages.success(request, "Removed. Clocks that it started go on.")
    return _back("policies")


def _keep(request: StaffRequest, days: list[DayOff]) -> HttpResponse | None:
    """None if it was refused, with a message."""
    try:
        kept = setting.add_holidays(by=request.user, days=days)
    except Refused as refusal:
        messages.error(request, str(refusal))
        return None
    nothing = "That was a day off already: nothing changed."
    messages.success(request, f"{kept} day{'s'[: kept != 1]} off added." if kept else nothing)
    return _back("holidays")


def _show(request: StaffRequest, status: int = 200, **forms: Any) -> HttpResponse:
    hours = hours_now()
    now = timezone.now().astimezone(hours.zone)
    zone = str(hours.zone)
    try_form = TryForm(
        request.GET if "at" in request.GET else None, zone=hours.zone, initial={"at": f"{now:%Y-%m-%dT%H:%M}"}
    )
    context = {
        "hours_form": HoursForm(initial=HoursForm.initial_of(dict(hours.ranges), zone)),
        "holiday_form": HolidayForm(),
        "calendar_form": CalendarForm(),
        "holidays": Holiday.objects.filter(day__gte=now.date()),
        "past": Holiday.objects.filter(day__lt=now.date()).count(),
        "policies": SlaPolicy.objects.select_related("product", "category"),
        "try_form": try_form,
        "outlook": _outlook(try_form),
        "is_open": hours.is_open(now),
        "local_time": now.replace(tzinfo=None),
        "zone": zone,
        "desk_page": "clocks",
    }
    return render(request, "staff/clocks/page.html", context | forms, status=status)


def _outlook(form: TryForm) -> Any:
    if not form.is_bound or not form.is_valid():
        return None
    asked = form.cleaned_data
    product, category = (asked[name].pk if asked[name] else None for name in ("product", "category"))
    subject = Subject(product=product, category=category, type=asked["type"], priority=asked["priority"] or 0)
    return try_out(at=asked["at"], subject=subject, hours=hours_now())


def _back(place: str) -> HttpResponse:
    return redirect(f"{reverse('clocks')}#{place}")
