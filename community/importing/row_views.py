"""Bringing a table in: say what it is, try it, look at what would come; and the report of what was not taken."""

from collections.abc import Iterator

from django.http import Http404, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_POST, require_safe

from community.importing.material import UnreadableError
from community.importing.models import ImportRun
from community.importing.row_forms import TABLES, About, RowUploadForm
from community.importing.rows.registry import importers_for
from community.importing.rows.reporting import REPORT_COLUMNS, report_rows
from community.importing.rows.starting import row_run
from community.importing.rows.table import table_of
from community.importing.uploading import keep, take_large_files
from community.importing.views import started
from staff.access import StaffRequest, for_managers

RUNS = 10


@for_managers
@require_safe
def new(request: StaffRequest, subject: str) -> HttpResponse:
    about = _about(subject)
    return _page(request, about, RowUploadForm(about.subject))


@csrf_exempt  # checked by upload_checked, once it is settled how large a body may be
def upload(request: StaffRequest, subject: str) -> HttpResponseBase:
    if request.user.is_authenticated and request.user.is_manager:  # nobody else's body is read that far
        take_large_files(request)
    return upload_checked(request, subject)


@csrf_protect
@for_managers
@require_POST
def upload_checked(request: StaffRequest, subject: str) -> HttpResponse:
    """Take the file and order a dry run of it. What is no table of this kind is refused at once, and not kept."""
    about = _about(subject)
    form = RowUploadForm(about.subject, request.POST, request.FILES)
    if not form.is_valid():
        return _page(request, about, form, status=422)
    path = keep(form.cleaned_data["file"])
    try:
        found = table_of(path, importers_for(about.subject)).importer.name
    except UnreadableError as error:
        path.unlink(missing_ok=True)
        form.add_error("file", str(error))
        return _page(request, about, form, status=422)
    return started(
        row_run(
            subject=about.subject,
            path=path,
            file_name=form.cleaned_data["file"].name,
            source=form.source or found,
            options=form.options(),
            is_dry_run=True,
            is_upload=True,
            by=request.user,
        )
    )


@for_managers
@require_safe
def report(request: StaffRequest, pk: int) -> HttpResponseBase:
    """line,code: nothing that a line says."""
    run = get_object_or_404(ImportRun.objects.visible_to(request.user), pk=pk)
    response = StreamingHttpResponse(_lines(run), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="import-{run.pk}-lines.csv"'
    response["Cache-Control"] = "no-store"
    return response


def _lines(run: ImportRun) -> Iterator[str]:
    yield ",".join(REPORT_COLUMNS) + "\r\n"
    for line, code in report_rows(run):
        yield f"{line},{code}\r\n"


def _about(subject: str) -> About:
    about = next((table for table in TABLES if table.subject == subject), None)
    if about is None:
        raise Http404
    return about


def _page(request: StaffRequest, about: About, form: RowUploadForm, status: int = 200) -> HttpResponse:
    runs = (
        ImportRun.objects.visible_to(request.user).filter(subject=about.subject).select_related("source", "by")[:RUNS]
    )
    context = {"about": about, "form": form, "runs": runs, "desk_page": "moving"}
    return render(request, "importing/row_new.html", context, status=status)
