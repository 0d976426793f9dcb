"""Which shops' pages may read reviews by script (CORS) and show them in a frame."""

from django.http import HttpRequest, HttpResponse
from django.utils.cache import patch_vary_headers

from community.threads.kept import kept
from reviews.models import ShopOrigin

METHODS = "GET, HEAD, OPTIONS"
HEADERS = "If-None-Match"
PREFLIGHT_SECONDS = 60 * 60 * 24


def listed() -> frozenset[str]:
    """The origins of all listed shops. No query beyond the Edition's while nothing has changed."""
    return kept.get("shop origins", lambda: frozenset(ShopOrigin.objects.values_list("origin", flat=True)))


def open_to_shops(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """Let a listed shop's script read `response`. It is the same to everybody; other pages' scripts can't read it.

    No credentials are ever allowed: nothing here depends on who asks. (Fetch Standard, “CORS protocol”)
    """
    patch_vary_headers(response, ["Origin"])
    response["Cross-Origin-Resource-Policy"] = "cross-origin"
    response["X-Robots-Tag"] = "noindex"
    origin = request.headers.get("Origin", "")
    if origin and origin in listed():
        response["Access-Control-Allow-Origin"] = origin
        response["Access-Control-Expose-Headers"] = "ETag"
        if request.method == "OPTIONS":
            response["Access-Control-Allow-Methods"] = METHODS
            response["Access-Control-Allow-Headers"] = HEADERS
            response["Access-Control-Max-Age"] = str(PREFLIGHT_SECONDS)
    return response


def frame_policy(*, style: str) -> str:
    """The Content-Security-Policy of a page that only we and listed shops may frame, and that runs no script."""
    ancestors = " ".join(["'self'", *sorted(listed())])
    return f"default-src 'none'; style-src {style}; base-uri 'none'; form-action 'none'; frame-ancestors {ancestors}"
