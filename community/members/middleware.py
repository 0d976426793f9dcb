"""Turns what was refused into a page that says what to do."""

from collections.abc import Callable

from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.shortcuts import render

from community.members.limits import TooSoon


class RefusalMiddleware:
    """TooSoon that no view caught becomes 429 with Retry-After (pages with a form catch it and keep the text), a wrong
    method and too large a body become pages of their own.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if "\0" in request.path:  # no address holds one, and PostgreSQL refuses to look for it
            raise Http404
        response = self.get_response(request)
        if isinstance(response, HttpResponseNotAllowed) and not response.content:
            page = render(request, "405.html", status=405)
            page["Allow"] = response["Allow"]
            return page
        return response

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if isinstance(exception, RequestDataTooBig | TooManyFieldsSent | TooManyFilesSent):
            return render(request, "413.html", status=413)
        if not isinstance(exception, TooSoon):
            return None
        response = render(request, "429.html", {"sentence": str(exception)}, status=429)
        response["Retry-After"] = str(exception.retry_after_seconds)
        return response
