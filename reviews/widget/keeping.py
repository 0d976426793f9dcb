"""How answers to shops are sent: the same bytes to everybody, asked for anew each minute, sent only when changed."""

from collections.abc import Callable
from functools import wraps
from hashlib import blake2s
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.cache import patch_cache_control
from django.utils.http import parse_etags, quote_etag

from community.threads.models import Edition

SECONDS = 60
View = Callable[..., HttpResponse]


def at_one_edition(view: View) -> View:
    """Ask once how old what is kept may be, for everything that goes into an answer."""

    @wraps(view)
    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        with Edition.known_to_be(Edition.current()):
            return view(request, *args, **kwargs)

    return answer


def send(
    request: HttpRequest, content: bytes, content_type: str, *, status: int = 200, seconds: int = SECONDS
) -> HttpResponse:
    """`content`, or 304 to who has it. The mark is of the content alone.

    There is no Last-Modified: a review that is taken away changes an answer without leaving a later date in it.
    """
    etag = quote_etag(blake2s(content, digest_size=12).hexdigest())
    known = [tag.removeprefix("W/") for tag in parse_etags(request.headers.get("If-None-Match", ""))]
    if status == 200 and (etag in known or "*" in known):
        response = HttpResponse(status=304)
        del response["Content-Type"]
    else:
        response = HttpResponse(content, content_type=content_type, status=status)
    response["ETag"] = etag
    patch_cache_control(response, public=True, max_age=seconds)
    return response
