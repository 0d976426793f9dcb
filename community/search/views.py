"""The search page, and the questions like the one being asked."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from community.members.limits import TooSoon
from community.search.answering import answer, ask_address
from community.search.finding import KINDS
from community.search.limits import enforce_search_rate, enforce_suggestion_rate
from community.search.similar import similar_threads
from community.search.wording import LONGEST_QUERY, understand

LONGEST_PAGE_NUMBER = 4


@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """`?q=` what is wanted, `kind=` question, review or product, `page=`. Odd input finds nothing; that's no error."""
    text = " ".join(request.GET.get("q", "")[:LONGEST_QUERY].split())
    kind = request.GET.get("kind", "")
    kind = kind if kind in KINDS else ""
    wanted = understand(text)
    context = {"q": text, "kind": kind, "wanted": wanted, "ask_url": ask_address(text)}
    if wanted.is_empty:
        return _answer(request, context, status=200)
    try:
        enforce_search_rate(request)
    except TooSoon as refusal:
        return _refused(request, context, refusal)
    findings = answer(text, wanted, kind=kind, number=_page_number(request))
    return _answer(request, context | {"findings": findings}, status=503 if findings.is_broken else 200)


@require_safe
def similar(request: HttpRequest) -> HttpResponse:
    """`?title=`: a fragment with at most five questions like it."""
    enforce_suggestion_rate(request)
    threads = similar_threads(request.GET.get("title", "")[:LONGEST_QUERY])
    questions = [thread.question for thread in threads if hasattr(thread, "question")]
    response = render(request, "components/similar.html", {"questions": questions})
    response["X-Robots-Tag"] = "noindex"
    return response


def _refused(request: HttpRequest, context: dict[str, object], refusal: TooSoon) -> HttpResponse:
    response = _answer(request, context | {"refusal": str(refusal)}, status=429)
    response["Retry-After"] = str(refusal.retry_after_seconds)
    return response


def _answer(request: HttpRequest, context: dict[str, object], *, status: int) -> HttpResponse:
    response = render(request, "search/search.html", context, status=status)
    response["X-Robots-Tag"] = "noindex"
    return response


def _page_number(request: HttpRequest) -> int:
    text = request.GET.get("page", "")
    return int(text) if text.isascii() and text.isdigit() and len(text) <= LONGEST_PAGE_NUMBER else 1
