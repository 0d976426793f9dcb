"""Keeps whole pages for customers too: to all who have nothing of their own on a page it is the same page.

It is drawn for a stand-in, a member without rows and without a name, so nothing of anybody can get into it. What
differs between two readers are slots, filled at every reading: the masthead's “you”, the CSRF token, a form's key.
Staff, and who has voted, written, followed or begun to write on a page, get it drawn for themselves.
"""

import re
from secrets import token_hex
from typing import Any, NamedTuple
from uuid import uuid4

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import get_token
from django.urls import Resolver404, ResolverMatch, resolve

from community.branding.drawing import address, draw
from community.branding.models import Branding
from community.kept_pages import Handler, is_worth_keeping, kept_pages
from community.members.models import Member
from community.own_things import PAGES, look
from community.threads.models import Edition

_SEAL = token_hex(8)  # nobody can write a slot into a post
TOKEN, KEY, YOU = (f"slot-{_SEAL}-{name}".encode() for name in ("token", "key", "you"))
_SLOT = re.compile(b"|".join((TOKEN, KEY, YOU)))
_TOKEN_FIELD = re.compile(rb'(?<=name="csrfmiddlewaretoken" value=")\w{64}(?=")')
_KEY_FIELD = re.compile(rb'(?<=name="submission_key" value=")[0-9a-f-]{36}(?=")')


class Reader(NamedTuple):
    """A customer as the masthead shows them."""

    pk: int
    name: str
    username: str
    get_absolute_url: str
    unread_notifications: int
    picture: str


class You(NamedTuple):
    """Everything that components/you.html shows of a customer."""

    user: Reader
    csrf_token: str


class KeptForMembersMiddleware:
    """Innermost of all: what other layers add to a response is added to a kept page at every reading."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        match = _page_that_may_be_shared(request)
        if match is None:
            return self.get_response(request)
        edition, has_own = look(match.url_name or "", match.kwargs, request.user)  # type: ignore[arg-type]
        with Edition.known_to_be(edition):
            return self.get_response(request) if has_own else self._share(request, edition)

    def _share(self, request: HttpRequest, edition: int) -> HttpResponse:
        stand_in = _stand_in_for(request.user)
        name = f"{stand_in.trust_level} {stand_in.unread_notifications} {request.build_absolute_uri()}"
        version = (edition, Branding.current().version)
        page = kept_pages.get(name, version)
        if page is None:
            page = self._draw(request, stand_in)
            if page is None:
                return self.get_response(request)
            kept_pages.put(name, version, page.content, dict(page.headers))
        page.content = _fill(page.content, request)
        return page

    def _draw(self, request: HttpRequest, stand_in: Member) -> HttpResponse | None:
        """The page with open slots; None if it is no page to keep."""
        reader = request.user
        request.user = stand_in
        try:
            page = self.get_response(request)
        finally:
            request.user = reader
        if not is_worth_keeping(page):
            return None
        page.content = _KEY_FIELD.sub(KEY, _TOKEN_FIELD.sub(TOKEN, page.content)).replace(_you(stand_in), YOU)
        return page if page.content.count(YOU) == 1 else None


def _page_that_may_be_shared(request: HttpRequest) -> ResolverMatch | None:
    """The address, if it is one of PAGES, read whole by a customer for whom no message waits."""
    is_plain = request.method == "GET" and "HX-Request" not in request.headers
    if not is_plain or settings.SESSION_COOKIE_NAME not in request.COOKIES or "messages" in request.COOKIES:
        return None
    try:
        match = resolve(request.path_info)
    except Resolver404:
        return None
    if match.url_name not in PAGES or not request.user.is_authenticated or "_messages" in request.session:
        return None
    return None if request.user.is_staff or request.user.is_superuser else match


def _stand_in_for(reader: Any) -> Member:
    """A member of whom only is true what permissions ask, and whether there is something unread."""
    return Member(
        pk=0,
        username="stand-in",
        trust_level=reader.trust_level,
        unread_notifications=bool(reader.unread_notifications),
    )


def _fill(content: bytes, request: HttpRequest) -> bytes:
    token = get_token(request).encode()
    you = _you(request.user).replace(TOKEN, token)
    values = {TOKEN: lambda: token, YOU: lambda: you, KEY: lambda: str(uuid4()).encode()}
    return _SLOT.sub(lambda slot: values[slot[0]](), content)


def _you(member: Any) -> bytes:
    url = address("member", member.username)
    reader = Reader(member.pk, member.name, member.username, url, member.unread_notifications, member.picture)
    return draw("components/you.html", You(reader, TOKEN.decode())).encode()
