"""Keeps whole pages for signed-out readers, each for one Edition and one brand: the first visible change ends them.

A kept page costs one query (the Edition). Nothing is kept for who has a session, sends a body, or gets a cookie.
"""

from collections import OrderedDict
from collections.abc import Callable
from threading import Lock
from time import monotonic

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from community.branding.models import Branding
from community.threads.models import Edition
from forum.strangers import COOKIE as MARK

Handler = Callable[[HttpRequest], HttpResponse]
SECONDS = 60  # an upper bound for what no event tells of, such as “3 minutes ago”
MOST_BYTES = 32 * 1024 * 1024  # in each web process
MOST_BYTES_A_PAGE = 256 * 1024
NEVER = (
    "/accounts/",
    "/admin/",
    "/staff/",
    "/go/",
    "/media/",
    "/search/",
    "/notifications/",
    "/feeds/",
    "/api/",  # to each origin with headers of its own
    "/widget/",
    "/healthz",
    "/readyz",
)


class KeptPages:
    """Pages by address, least recently read dropped first. The threads of one process share it."""

    def __init__(self, most_bytes: int = MOST_BYTES) -> None:
        self._pages: OrderedDict[str, tuple[object, float, bytes, dict[str, str]]] = OrderedDict()
        self._most_bytes = most_bytes
        self._bytes = 0
        self._lock = Lock()

    def get(self, address: str, edition: object) -> HttpResponse | None:
        with self._lock:
            if address not in self._pages:
                return None
            kept_edition, kept_at, content, headers = self._pages[address]
            if kept_edition != edition or monotonic() - kept_at > SECONDS:
                self._drop(address)
                return None
            self._pages.move_to_end(address)
        return HttpResponse(content, headers=headers)

    def put(self, address: str, edition: object, content: bytes, headers: dict[str, str]) -> None:
        with self._lock:
            self._drop(address)
            self._pages[address] = (edition, monotonic(), content, headers)
            self._bytes += len(content)
            while self._bytes > self._most_bytes:
                self._drop(next(iter(self._pages)))

    def holds(self, address: str) -> bool:
        return address in self._pages

    def sizes(self) -> list[int]:
        return [len(page[2]) for page in self._pages.values()]

    def clear(self) -> None:
        with self._lock:
            self._pages.clear()
            self._bytes = 0

    def _drop(self, address: str) -> None:
        kept = self._pages.pop(address, None)
        self._bytes -= len(kept[2]) if kept else 0


kept_pages = KeptPages()


class KeptPagesMiddleware:
    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not _may_be_kept(request):
            return self.get_response(request)
        address = request.build_absolute_uri()
        # before rendering: a change in between makes the page old at once
        edition = (Edition.current(), Branding.current().version)
        kept = kept_pages.get(address, edition)
        if kept is not None:
            return kept
        with Edition.known_to_be(edition[0]):
            page = self.get_response(request)
        if is_worth_keeping(page):
            kept_pages.put(address, edition, page.content, dict(page.headers))
        return page


def _may_be_kept(request: HttpRequest) -> bool:
    return (
        request.method == "GET"
        and settings.SESSION_COOKIE_NAME not in request.COOKIES
        and "messages" not in request.COOKIES
        and "HX-Request" not in request.headers
        and not (MARK in request.COOKIES and request.path.startswith("/questions/"))  # says what they have said
        and not request.path.startswith(NEVER)
    )


def is_worth_keeping(page: HttpResponse) -> bool:
    is_open = not page.cookies and "no-store" not in page.headers.get("Cache-Control", "")
    return page.status_code == 200 and not page.streaming and is_open and len(page.content) < MOST_BYTES_A_PAGE
