"""The page of moving in and out, and a run's own page. Administrators bring a community in, managers its tables."""

from pathlib import Path
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_POST, require_safe

from community.importing import tasks
from community.importing.forms import HandOverForm, UploadForm
from community.importing.handing_over import hand_over
from community.importing.models import ImportRun, ImportSource
from community.importing.reporting import facts, notes_by_kind
from community.importing.row_forms import TABLES
from community.importing.rows.reporting import problems, row_facts
from community.importing.running import clear_up, start, stop
from community.importing.uploading import keep, take_large_files
from community.members.models import Member
from staff.access import StaffRequest, door, for_managers

RUNS, NOTES, LINES = 20, 100, 30
for_admins = door(lambda member: member.is_superuser, "Administrators bring communities along. Ask one of them.")


@for_managers
@require_safe
def moving(request: StaffRequest) -> HttpResponse:
    return _page(request, UploadForm(), HandOverForm())


@csrf_exempt  # checked by upload_checked, once it is settled how large a body may be
def upload(request: StaffRequest) -> HttpResponseBase:
    if request.user.is_superuser:  # nobody else's body is read that far
        take_large_files(request)
    return upload_checked(request)


@csrf_protect
@for_admins
@require_POST
def upload_checked(request: StaffRequest) -> HttpResponse:
    """Take the file and order a dry run of it."""
    form = UploadForm(request.POST, request.FILES)
    if not form.is_valid():
        return _page(request, form, HandOverForm(), status=422)
    data = form.cleaned_data
    source, _ = ImportSource.objects.get_or_create(name=data["source"])
    if data["base_url"]:
        source.base_url = data["base_url"]
        source.save(update_fields=["base_url"])
    run = ImportRun(source=source, by=request.user, file_name=data["file"].name[:200], is_upload=True, is_dry_run=True)
    run.path, run.options = str(keep(data["file"])), form.options()
    return started(run)


@for_managers
@require_safe
def show(request: StaffRequest, pk: int) -> HttpResponse:
    run = _run(request, pk)
    context: dict[str, Any] = {"run": run, "desk_page": "moving"}
    if run.subject == ImportRun.Subject.COMMUNITY:
        context |= {"facts": facts(run), "notes": notes_by_kind(run, NOTES), "most": NOTES}
        return render(request, "importing/run.html", context)
    context |= {"facts": row_facts(run), "problems": problems(run, LINES)}
    return render(request, "importing/row_run.html", context)


@for_managers
@require_POST
def bring(request: StaffRequest, pk: int) -> HttpResponse:
    """After a dry run: for real. A run that stopped or failed goes on."""
    run = _run(request, pk)
    if not run.is_dry_run and run.is_open:
        return started(run)
    if not run.path or not Path(run.path).exists():
        messages.error(request, "The file is not there any more. Upload it again.")
        return redirect(run)
    real = {"source": run.source, "path": run.path, "is_dry_run": False}
    running = ImportRun.objects.filter(**real, state=ImportRun.State.RUNNING).first()
    if running:
        return redirect(running)
    same = {name: getattr(run, name) for name in ("file_name", "is_upload", "options", "subject")}
    if run.subject != ImportRun.Subject.COMMUNITY:
        same["phase"] = ImportRun.Phase.ROWS
    return started(ImportRun(**real, **same, by=request.user))


@for_managers
@require_POST
def halt(request: StaffRequest, pk: int) -> HttpResponse:
    run = _run(request, pk)
    if stop(run):
        messages.success(request, "The import has stopped. What is here stays here, and it can go on at any time.")
    return redirect(run)


@for_managers
@require_POST
def discard(request: StaffRequest, pk: int) -> HttpResponse:
    """Delete the uploaded file. The report stays."""
    run = _run(request, pk)
    if run.is_upload and run.path and run.state != ImportRun.State.RUNNING:
        clear_up(run)
        messages.success(request, "The file is deleted.")
    return redirect(run)


@for_admins
@require_POST
def give_to_owner(request: StaffRequest) -> HttpResponse:
    """Tie an unclaimed member to who they really are."""
    form = HandOverForm(request.POST)
    if form.is_valid():
        author, to = form.cleaned_data["author"], form.cleaned_data["to"]
        try:
            hand_over(author, to=to, by=request.user)
        except ValidationError as error:
            form.add_error(None, error)
    if not form.is_valid():
        return _page(request, UploadForm(), form, status=422)
    messages.success(request, f"What {author.username} wrote is {to.name}'s now.")
    return redirect(to)


def _run(request: StaffRequest, pk: int) -> ImportRun:
    return get_object_or_404(ImportRun.objects.visible_to(request.user).select_related("source", "by"), pk=pk)


def started(run: ImportRun) -> HttpResponse:
    """Order the work on `run`, and lead to its page."""
    run.touched_at = timezone.now()
    run.save()
    start(run)
    tasks.order(run.pk)
    return redirect(run)


def _page(request: StaffRequest, form: UploadForm, owners: HandOverForm, status: int = 200) -> HttpResponse:
    runs = ImportRun.objects.visible_to(request.user).select_related("source", "by")[:RUNS]
    context: dict[str, Any] = {"desk_page": "moving", "runs": runs, "tables": TABLES}
    if request.user.is_superuser:
        unclaimed = Member.objects.filter(is_unclaimed=True).count()
        context |= {"form": form, "owners": owners, "unclaimed": unclaimed}
    return render(request, "importing/moving.html", context, status=status)
