"""Turns a refused act into a page that says when to try again."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from community.members.limits import TooSoon


class RefusalMiddleware:
    """TooSoon that no view caught becomes 429 with Retry-After. Pages with a form catch it and keep the text."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if not isinstance(exception, TooSoon):
            return None
        response = render(request, "429.html", {"sentence": str(exception)}, status=429)
        response["Retry-After"] = str(exception.retry_after_seconds)
        return response
