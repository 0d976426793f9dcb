"""The export as a download, written while it is read."""

from django.http import HttpResponseBase, StreamingHttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from community.exporting.writing import lines
from staff.access import StaffRequest, for_managers


@for_managers
@require_safe
def export(request: StaffRequest) -> HttpResponseBase:
    response = StreamingHttpResponse(lines(), content_type="application/x-ndjson; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="community-{timezone.localdate():%Y-%m-%d}.jsonl"'
    response["Cache-Control"] = "no-store"
    return response
