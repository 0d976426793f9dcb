"""The page that a request came from."""

from django.utils.http import url_has_allowed_host_and_scheme

from community.threads.reading import Request


def came_from(request: Request) -> str:
    """The path in `next`; empty for an address elsewhere, and for what is no path."""
    asked = request.POST.get("next", "")
    return asked if asked.startswith("/") and url_has_allowed_host_and_scheme(asked, allowed_hosts=None) else ""
