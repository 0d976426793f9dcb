"""The page of moving in and out, and a run's own page. Administrators bring things in; managers may take them out."""

from pathlib import Path
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_POST, require_safe

from community.importing import tasks
from community.importing.forms import HandOverForm, UploadForm
from community.importing.handing_over import hand_over
from community.importing.models import ImportRun, ImportSource
from community.importing.reporting import facts, notes_by_kind
from community.importing.running import clear_up, start, stop
from community.importing.uploading import keep, take_large_files
from community.members.models import Member
from staff.access import StaffRequest, door, for_managers

RUNS, NOTES = 20, 100
for_admins = door(lambda member: member.is_superuser, "Administrators bring communities along. Ask one of them.")


@for_managers
@require_safe
def moving(request: StaffRequest) -> HttpResponse:
    return _page(request, UploadForm(), HandOverForm())


@csrf_exempt  # checked by upload_checked, once it is settled how large a body may be
def upload(request: StaffRequest) -> HttpResponseBase:
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
    return _started(run)


@for_admins
@require_safe
def show(request: StaffRequest, pk: int) -> HttpResponse:
    run = get_object_or_404(ImportRun.objects.select_related("source", "by"), pk=pk)
    notes = notes_by_kind(run, NOTES)
    context = {"run": run, "facts": facts(run), "notes": notes, "desk_page": "moving", "most": NOTES}
    return render(request, "importing/run.html", context)


@for_admins
@require_POST
def bring(request: StaffRequest, pk: int) -> HttpResponse:
    """After a dry run: for real. A run that stopped or failed goes on."""
    run = get_object_or_404(ImportRun, pk=pk)
    if not run.is_dry_run and run.is_open:
        return _started(run)
    if not run.path or not Path(run.path).exists():
        messages.error(request, "The file is not there any more. Upload it again.")
        return redirect(run)
    real = {"source": run.source, "path": run.path, "is_dry_run": False}
    running = ImportRun.objects.filter(**real, state=ImportRun.State.RUNNING).first()
    if running:
        return redirect(running)
    facts = {"file_name": run.file_name, "is_upload": run.is_upload, "options": run.options}
    return _started(ImportRun(**real, **facts, by=request.user))


@for_admins
@require_POST
def halt(request: StaffRequest, pk: int) -> HttpResponse:
    run = get_object_or_404(ImportRun, pk=pk)
    if stop(run):
        messages.success(request, "The import has stopped. What is here stays here, and it can go on at any time.")
    return redirect(run)


@for_admins
@require_POST
def discard(request: StaffRequest, pk: int) -> HttpResponse:
    """Delete the uploaded file. The report stays."""
    run = get_object_or_404(ImportRun, pk=pk)
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


def _started(run: ImportRun) -> HttpResponse:
    run.save()
    start(run)
    tasks.order(run.pk)
    return redirect(run)


def _page(request: StaffRequest, form: UploadForm, owners: HandOverForm, status: int = 200) -> HttpResponse:
    context: dict[str, Any] = {"desk_page": "moving"}
    if request.user.is_superuser:
        runs = ImportRun.objects.select_related("source", "by")[:RUNS]
        unclaimed = Member.objects.filter(is_unclaimed=True).count()
        context |= {"form": form, "owners": owners, "runs": runs, "unclaimed": unclaimed}
    return render(request, "importing/moving.html", context, status=status)
