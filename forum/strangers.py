"""The mark by which a stranger who said “I have this question too” is known again: a signed cookie, nothing else."""

from urllib.parse import urlsplit
from uuid import UUID, uuid4

from django.conf import settings
from django.http import HttpRequest, HttpResponse

COOKIE = "me_too"
SECONDS = 60 * 60 * 24 * 365


def mark_of(request: HttpRequest) -> UUID | None:
    """The mark that their browser brings; None without one, or with one that is not ours."""
    mark = request.get_signed_cookie(COOKIE, default=None, salt=COOKIE) if COOKIE in request.COOKIES else None
    return UUID(mark) if mark else None


def new_mark() -> UUID:
    return uuid4()


def give_mark(response: HttpResponse, mark: UUID) -> None:
    """For a year; scripts can't read it, and other sites' pages can't send it."""
    response.set_signed_cookie(
        COOKIE,
        str(mark),
        salt=COOKIE,
        max_age=SECONDS,
        httponly=True,
        samesite="Lax",
        secure=settings.SESSION_COOKIE_SECURE,
    )


def is_sent_from_here(request: HttpRequest) -> bool:
    """Was the form on a page of ours? A page that strangers share has no token; browsers say where a form stood.

    Only what says otherwise is refused: a browser that says nothing could be sent here by other sites, to no effect
    but one person in a count.
    """
    site, origin = request.headers.get("Sec-Fetch-Site"), request.headers.get("Origin")
    if site:
        return site == "same-origin"
    return origin is None or urlsplit(origin).netloc == request.get_host()
