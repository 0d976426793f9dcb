"""The first conversation: what is said about us elsewhere, and taking it in by hand or as a file."""

from typing import Any
from uuid import uuid4

from django.contrib import messages
from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from django_q.tasks import async_task

from community.outside.csv_files import BadTableError
from staff.access import StaffRequest, for_readers, for_responders
from staff.listening.forms import PasteForm, UploadForm
from staff.listening.listing import choices_of, listed, shown
from staff.listening.sources import source_named
from staff.listening.standing import Filters, mentions
from staff.listening.table import Looked, look_through
from staff.listening.taking import take
from staff.models import Mention, Source
from staff.models.listening import BY_FILE, BY_HAND

ROWS = 25
SHOWN_PROBLEMS, SHOWN_ROWS = 100, 10
KEPT = 60 * 60  # seconds between looking through a file and taking it in
AT_ONCE = 100  # rows a task


@for_readers
@require_safe
def listening(request: StaffRequest) -> HttpResponse:
    """`?days=&source=&tone=&type=&state=&answered=&keyword=&q=&page=`."""
    filters = Filters.of(request.GET)
    page = Paginator(listed(mentions(filters, request.user)), ROWS).get_page(request.GET.get("page"))
    query = filters.query(days=filters.days or None)
    context = {
        "page": page,
        "rows": shown(page.object_list),
        "filters": filters,
        "choices": choices_of(filters),
        "query": f"{query}&" if query else "",
        "is_filtered": bool(query),
        "desk_page": "listening",
    }
    return render(request, "staff/listening/list.html", context)


@for_responders
@require_http_methods(["GET", "HEAD", "POST"])
def add_mention(request: StaffRequest) -> HttpResponse:
    """Paste one."""
    form = PasteForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            mention = _paste(**form.cleaned_data)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, "It is here now, in the queue like everything else.")
            return redirect(mention.conversation)
    return render(request, "staff/listening/add.html", {"form": form, "desk_page": "listening"}, status=_status(form))


def _paste(*, place: str, url: str, **words: Any) -> Mention:
    return take(source=source_named(place or BY_HAND, Source.Kind.HAND), external_id="", url=url, **words)


@for_responders
@require_http_methods(["GET", "HEAD", "POST"])
def upload_mentions(request: StaffRequest) -> HttpResponse:
    """Look through a file: what would come, and what is wrong. Nothing is taken yet."""
    form = UploadForm(*((request.POST, request.FILES) if request.method == "POST" else ()))
    if form.is_valid():
        try:
            looked = look_through(form.cleaned_data["file"].read(), place=form.cleaned_data["place"] or BY_FILE)
        except BadTableError as error:
            form.add_error("file", str(error))
        except ValidationError as error:
            form.add_error("file", error)
        else:
            return _dry_run(request, looked, form.cleaned_data["file"].name or "")
    context = {"form": form, "desk_page": "listening"}
    return render(request, "staff/listening/upload.html", context, status=_status(form))


def _dry_run(request: StaffRequest, looked: Looked, name: str) -> HttpResponse:
    key = uuid4()
    cache.set(_place_of(request, key), [row.as_values() for row in looked.rows], KEPT)
    context = {
        "key": key,
        "name": name,
        "looked": looked,
        "fresh": len(looked.rows) - looked.known,
        "problems": looked.problems[:SHOWN_PROBLEMS],
        "rows": looked.rows[:SHOWN_ROWS],
        "desk_page": "listening",
    }
    return render(request, "staff/listening/dry_run.html", context)


@for_responders
@require_POST
def take_file(request: StaffRequest, key: Any) -> HttpResponse:
    """After a dry run: for real, in the background. Twice does no harm."""
    rows = cache.get(_place_of(request, key))
    if rows is None:
        messages.error(request, "That was an hour ago or longer. Upload the file again.")
        return redirect("upload_mentions")
    for start in range(0, len(rows), AT_ONCE):
        async_task("staff.tasks.take_rows", rows[start : start + AT_ONCE])
    cache.delete(_place_of(request, key))
    messages.success(request, f"{len(rows)} mentions are being taken in. They appear here one after the other.")
    return redirect("listening")


def _place_of(request: StaffRequest, key: Any) -> str:
    return f"listening-file:{request.user.pk}:{key}"


def _status(form: Any) -> int:
    return 422 if form.is_bound and form.errors else 200
