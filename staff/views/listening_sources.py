"""Where we listen: managers add feeds and webhooks, try them, let them rest, and give a webhook a new secret."""

from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import Count
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from staff.access import StaffRequest, for_managers
from staff.listening import sources
from staff.listening.forms import FeedForm, WebhookForm
from staff.listening.keywords import listened_for
from staff.listening.polling import pause_after
from staff.listening.taking import is_worth_taking
from staff.models import Source

SHOWN_ENTRIES = 10
SECRET = "listening_secret"  # noqa: S105 - the session's name for it


@for_managers
@require_safe
def listening_sources(request: StaffRequest) -> HttpResponse:
    return _page(request)


@for_managers
@require_POST
def add_feed(request: StaffRequest) -> HttpResponse:
    form = FeedForm(request.POST, prefix="feed")
    source = _attempt(form, lambda: sources.add_feed(by=request.user, **form.cleaned_data))
    if source is None:
        return _page(request, feed_form=form, status=422)
    messages.success(request, f"We listen to “{source.name}” from now on. Try it to see what it holds.")
    return redirect("listening_sources")


@for_managers
@require_POST
def add_webhook(request: StaffRequest) -> HttpResponse:
    form = WebhookForm(request.POST, prefix="webhook")
    source = _attempt(form, lambda: sources.add_webhook(by=request.user, **form.cleaned_data))
    if source is None:
        return _page(request, webhook_form=form, status=422)
    return _show_secret_once(request, source)


@for_managers
@require_POST
def rotate_secret(request: StaffRequest, pk: int) -> HttpResponse:
    source = get_object_or_404(Source, pk=pk, kind=Source.Kind.WEBHOOK)
    sources.rotate_secret(by=request.user, source=source)
    return _show_secret_once(request, source)


@for_managers
@require_POST
def pause_source(request: StaffRequest, pk: int) -> HttpResponse:
    source = get_object_or_404(Source, pk=pk)
    if sources.pause_source(by=request.user, source=source):
        messages.success(request, f"“{source.name}” rests. Nothing is taken from it.")
    return redirect("listening_sources")


@for_managers
@require_POST
def resume_source(request: StaffRequest, pk: int) -> HttpResponse:
    source = get_object_or_404(Source, pk=pk)
    if sources.resume_source(by=request.user, source=source):
        messages.success(request, f"We listen to “{source.name}” again.")
    return redirect("listening_sources")


@for_managers
@require_POST
def try_source(request: StaffRequest, pk: int) -> HttpResponse:
    """What the feed holds at this moment, and which of it we would take. Takes nothing."""
    source = get_object_or_404(Source, pk=pk, kind=Source.Kind.FEED)
    try:
        entries = sources.try_feed(by=request.user, source=source)
    except ValidationError as error:
        return _page(request, tried={"source": source, "problem": error.messages[0]}, status=422)
    listened = listened_for()
    found = [(entry, is_worth_taking(listened, entry.title, entry.text)) for entry in entries]
    tried = {
        "source": source,
        "count": len(found),
        "worth": sum(is_worth for _, is_worth in found),
        "found": found[:SHOWN_ENTRIES],
    }
    return _page(request, tried=tried)


def _attempt(form: forms.Form, act: Any) -> Source | None:
    if not form.is_valid():
        return None
    try:
        return act()
    except ValidationError as error:
        form.add_error(None, error)
        return None


def _show_secret_once(request: StaffRequest, source: Source) -> HttpResponse:
    """On the page that comes next, and never again."""
    request.session[SECRET] = [source.pk, source.secret]
    return redirect("listening_sources")


def _page(request: StaffRequest, status: int = 200, **shown: Any) -> HttpResponse:
    rows = Source.objects.select_related("created_by").annotate(heard=Count("mentions")).order_by("-is_on", "name")
    secret_of, secret = request.session.pop(SECRET, (None, ""))
    context = {
        "rows": [(source, _next_poll(source)) for source in rows],
        "feed_form": FeedForm(prefix="feed"),
        "webhook_form": WebhookForm(prefix="webhook"),
        "told": next((source for source in rows if source.pk == secret_of), None),
        "secret": secret,
        "hear_url": request.build_absolute_uri("/listening/in/"),
        "desk_page": "listening",
    }
    response = render(request, "staff/listening/sources.html", context | shown, status=status)
    response["Cache-Control"] = "private, no-store"
    return response


def _next_poll(source: Source) -> Any:
    """When a feed is asked again; None where it is not, or at the next turn."""
    if source.kind != Source.Kind.FEED or not source.is_on or source.polled_at is None:
        return None
    return max(source.polled_at + pause_after(source), timezone.now())
