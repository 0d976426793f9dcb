"""Answering a form that was refused: the same page again, with the text, the reason and when to try again."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from community.threads.forms import RefusableForm


def refused(request: HttpRequest, template: str, context: dict[str, Any], form: RefusableForm) -> HttpResponse:
    """`template` with `form` in its context; 429 with Retry-After where a rate was the reason."""
    response = render(request, template, {**context, "form": form}, status=429 if form.retry_after else 200)
    if form.retry_after:
        response["Retry-After"] = str(form.retry_after)
    return response
