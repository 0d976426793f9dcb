"""What somebody is writing: shown as it will look, and kept on the server until it is posted."""

from django.core.exceptions import ValidationError
from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from community.members.limits import TooSoon
from community.threads import drafting
from community.threads.forms import PreviewForm
from community.threads.limits import enforce_draft_rates, enforce_preview_rates
from community.threads.permissions import is_trusted
from community.threads.reading import Request, sign_in_first
from community.threads.rendering import render as to_html
from community.threads.views.photos import SIGN_IN

NOT_TEXT = {"csrfmiddlewaretoken", "place", "submission_key", "base_version"}


@require_POST
def preview(request: Request) -> HttpResponse:
    """`body` exactly as it will be shown: the HTML alone for a script, a page for a form without one."""
    if not request.user.is_authenticated:
        return sign_in_first(request, then="/")
    enforce_preview_rates(request.user)
    form = PreviewForm(request.POST)
    body = to_html(form.cleaned_data["body"], is_trusted=is_trusted(request.user)) if form.is_valid() else ""
    is_page = "text/html" in request.headers.get("Accept", "") and not request.htmx
    template = "threads/preview.html" if is_page else "threads/preview_body.html"
    return render(request, template, {"form": form, "body": body}, status=200 if form.is_valid() else 400)


@require_POST
def save_draft(request: Request) -> HttpResponse:
    """Keep every other field as the draft of `place`. JSON: `saved`, or `error` with a sentence."""
    if not request.user.is_authenticated:
        return JsonResponse({"error": SIGN_IN}, status=403)
    fields = {name: _one_or_all(values) for name, values in request.POST.lists() if name not in NOT_TEXT}
    try:
        enforce_draft_rates(request.user)
        drafting.save_draft(by=request.user, place=request.POST.get("place", ""), fields=fields)
    except ValidationError as error:
        return JsonResponse({"error": error.messages[0]}, status=400)
    except TooSoon as error:
        return JsonResponse({"error": str(error)}, status=429, headers={"Retry-After": str(error.retry_after_seconds)})
    return JsonResponse({"saved": True})


@require_POST
def discard_draft(request: Request) -> HttpResponse:
    """Throw the draft of `place` away, and go back to where that was asked."""
    if not request.user.is_authenticated:
        return sign_in_first(request, then="/")
    drafting.discard_draft(by=request.user, place=request.POST.get("place", "")[:60])
    came_from = request.headers.get("Referer", "")
    is_ours = url_has_allowed_host_and_scheme(came_from, {request.get_host()}, require_https=request.is_secure())
    return redirect(came_from if is_ours and came_from.startswith("http") else "/")


def _one_or_all(values: list[str]) -> str | list[str]:
    return values[0] if len(values) == 1 else values
