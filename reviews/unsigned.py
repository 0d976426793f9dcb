"""What somebody wrote before signing in. Their session keeps it over the sign-in, and the form finds it again."""

from typing import Any

from django import forms
from django.http import HttpRequest

_KEY = "unsigned_reviews"
_AT_MOST = 3
NOT_TEXT = ("submission_key", "base_version")


def keep(request: HttpRequest, place: str, form: forms.Form) -> None:
    """Remember the form's text for `place`; of earlier places the newest few are kept."""
    fields = {name: str(form.data.get(name, "")) for name in form.fields if name not in NOT_TEXT}
    earlier = [(key, value) for key, value in request.session.get(_KEY, {}).items() if key != place]
    request.session[_KEY] = dict([*earlier, (place, fields)][-_AT_MOST:])


def find(request: HttpRequest, place: str) -> dict[str, Any]:
    """What was kept for `place`; empty if nothing."""
    return request.session.get(_KEY, {}).get(place, {})


def forget(request: HttpRequest, place: str) -> None:
    if find(request, place):
        request.session[_KEY] = {key: value for key, value in request.session[_KEY].items() if key != place}
