"""What is answered to a form whose key is out of date: somebody signed in or out in another tab meanwhile."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.http import url_has_allowed_host_and_scheme

WORDS = {"title": "Title", "body": "Your text", "pros": "What’s good", "cons": "What could be better"}
LONGEST = 64_000


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """403 with what was written, to be copied; nothing of it is acted on. See CSRF_FAILURE_VIEW."""
    said: list[tuple[str, str, Any]] = [
        (name, label, request.POST[name][:LONGEST]) for name, label in WORDS.items() if request.POST.get(name)
    ]
    return render(request, "403_csrf.html", {"said": said, "again": _came_from(request)}, status=403)


def _came_from(request: HttpRequest) -> str:
    """The page with the form: an address that takes only POST can't be opened again."""
    page = request.headers.get("Referer", "")
    is_ours = url_has_allowed_host_and_scheme(page, {request.get_host()}, require_https=request.is_secure())
    return page if is_ours and page.startswith("http") else request.path
