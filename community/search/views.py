"""The search page, and what completes a search."""

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST, require_safe

from community.members.limits import TooSoon
from community.search.answering import Answer, answer, ask_address, completions
from community.search.filters import Filters, read
from community.search.limits import enforce_completion_rate, enforce_search_rate
from community.search.recording import record, record_click, with_entry
from community.search.wording import LONGEST_QUERY, understand

LONGEST_PAGE_NUMBER = 4
MOST_RANK = 1_000


@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """`?q=` what is wanted, narrowed as `filters.read` tells, `page=`. Odd input finds nothing; that's no error."""
    text = _text(request)
    filters = read(request.GET)
    wanted = understand(text)
    context = {"q": text, "filters": filters, "wanted": wanted, "ask_url": ask_address(text)}
    if wanted.is_empty:
        return _answer(request, context, status=200)
    try:
        enforce_search_rate(request)
    except TooSoon as refusal:
        return _refused(request, context, refusal)
    number = _page_number(request)
    findings = answer(text, wanted, filters, number=number)
    context |= {"findings": findings, "results": _logged(request, text, filters, findings, number)}
    return _answer(request, context, status=503 if findings.is_broken else 200)


@require_safe
def complete(request: HttpRequest) -> JsonResponse:
    """`?q=`: what it may become, as {"choices": [{"label", "note", "value"}]}; the value is an address."""
    try:
        enforce_completion_rate(request)
    except TooSoon:
        return JsonResponse({"choices": []}, status=429)
    choices = [{"label": one.label, "note": one.kind, "value": one.url} for one in completions(_text(request))]
    response = JsonResponse({"choices": choices})
    response["X-Robots-Tag"] = "noindex"
    return response


@csrf_exempt  # a browser's ping carries no token; the entry's name is signed, and nothing but a rank can come of it
@require_POST
def clicked(request: HttpRequest, entry: str, rank: int) -> HttpResponse:
    """The browser tells that a result was opened. Answers the same whether or not it was of use."""
    record_click(entry, rank=min(rank, MOST_RANK))
    return HttpResponse(status=204)


def _text(request: HttpRequest) -> str:
    return " ".join(request.GET.get("q", "")[:LONGEST_QUERY].replace("\x00", " ").split())


def _logged(request: HttpRequest, text: str, filters: Filters, findings: Answer, number: int) -> str:
    """The results, ready to tell which of them is opened. Only first pages count as searches."""
    is_search = number == 1 and not findings.is_broken
    entry = record(request, text, filters, results=findings.total) if is_search else ""
    return with_entry(findings.results, entry)


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
