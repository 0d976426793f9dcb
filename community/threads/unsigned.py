"""What somebody wrote before signing in. Their session keeps it over the sign-in, and the form finds it again."""

import re
from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest, QueryDict

from community.members.visitors import visitor_of
from community.threads.forms import RefusableForm
from community.threads.limits import enforce_unsigned_rates

_KEY = "unsigned"
_AT_MOST = 3
_NOT_KEPT = ("submission_key", "new_photos")
_OF_PHOTOS = re.compile(r"photos|(?:alt|drop)_[0-9]{1,18}")
_MOST_OF_PHOTOS = 30
_LONGEST_ALT = 200


def keep(request: HttpRequest, place: str, form: RefusableForm) -> bool:
    """Remember the form's text for `place` (named as its draft is); of earlier places the newest few are kept.

    False, with the reason among the form's errors, if very many texts came from this visitor's network address.
    """
    return bool(form.attempt(lambda: _keep(request, place, form)))


def _keep(request: HttpRequest, place: str, form: RefusableForm) -> bool:
    enforce_unsigned_rates(visitor_of(request))
    fields: dict[str, Any] = {name: str(form.data.get(name, "")) for name in form.fields if name not in _NOT_KEPT}
    for name, value in named_photos(form.data):
        fields[name] = [*fields.get(name, []), value] if name == "photos" else value
    earlier = [(key, value) for key, value in request.session.get(_KEY, {}).items() if key != place]
    request.session[_KEY] = dict([*earlier, (place, fields)][-_AT_MOST:])
    return True


def find(request: HttpRequest, place: str) -> dict[str, Any]:
    """What was kept for `place`; empty if nothing."""
    kept: dict[str, Any] = request.session.get(_KEY, {}).get(place, {})
    return kept


def forget(request: HttpRequest, place: str) -> None:
    if find(request, place):
        request.session[_KEY] = {key: value for key, value in request.session[_KEY].items() if key != place}


def named_photos(data: Mapping[str, Any]) -> list[tuple[str, str]]:
    """Photos that a form names, with what they show: uploaded before their writer's session ended."""
    lists = data.lists() if isinstance(data, QueryDict) else []
    pairs = [(name, value[:_LONGEST_ALT]) for name, values in lists if _OF_PHOTOS.fullmatch(name) for value in values]
    return pairs[:_MOST_OF_PHOTOS]
