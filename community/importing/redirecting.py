"""An address of the old community that nothing here answers leads to what it meant. Costs nothing on any other page."""

from collections.abc import Callable

from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect

from community.importing.addresses import host_of, keys_of
from community.importing.models import OldAddress

Handler = Callable[[HttpRequest], HttpResponse]


class OldAddressesMiddleware:
    """Stands below what adds a final slash: “/questions/12/title” without one is Stack Exchange's, with one ours."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if response.status_code != 404 or request.method not in ("GET", "HEAD"):
            return response
        target = target_of(request)
        return HttpResponsePermanentRedirect(target) if target else response


def target_of(request: HttpRequest) -> str:
    """Where the address leads for this reader, or empty. One query, and one more if it is known."""
    keys = keys_of(request.get_full_path())
    if "\0" in request.path or not keys:
        return ""
    found = list(OldAddress.objects.filter(path__in=keys).select_related("member")[:20])
    host, reader = host_of(f"//{request.get_host()}"), getattr(request, "user", AnonymousUser())
    found.sort(key=lambda row: (keys.index(row.path), row.host != host, -row.pk))
    return next((target for row in found if (target := row.target(reader))), "")
