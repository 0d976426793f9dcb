"""The page of taking reviews out, its downloads, and the address that Google fetches."""

from collections.abc import Iterable, Iterator
from itertools import islice

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from community.exporting.models import FeedAddress
from community.exporting.reviews.addressing import close_address, renew_address
from community.exporting.reviews.google import feed
from community.exporting.reviews.tables import TABLES
from community.threads.structured_data import absolute
from reviews.models import Review
from staff.access import StaffRequest, for_managers

AT_ONCE = 100  # rows in one piece of the answer


@for_managers
@require_safe
def exports(request: StaffRequest) -> HttpResponse:
    address = FeedAddress.objects.select_related("made_by").first()
    context = {
        "desk_page": "reviews",
        "count": Review.objects.listed().count(),
        "address": address,
        "whole_address": absolute(address.get_absolute_url()) if address else "",
    }
    return render(request, "exporting/reviews.html", context)


@for_managers
@require_safe
def table(request: StaffRequest, name: str) -> HttpResponseBase:
    """CSV. Addresses go to administrators alone, and only where they ask for them."""
    if name not in TABLES:
        raise Http404
    with_addresses = bool(request.GET.get("addresses")) and request.user.is_superuser
    lines = TABLES[name](with_addresses=with_addresses)
    return _download(lines, f"reviews-{name}", "csv", "text/csv; charset=utf-8")


@for_managers
@require_safe
def google_download(request: StaffRequest) -> HttpResponseBase:
    return _download(feed(), "google-product-reviews", "xml", "application/xml; charset=utf-8")


@require_safe
def google_feed(request: HttpRequest, token: str) -> HttpResponseBase:
    """For Google's fetcher, which can't sign in: the address is the secret."""
    if not FeedAddress.objects.filter(token=token).exists():
        raise Http404
    response = _streamed(feed(), "application/xml; charset=utf-8")
    response["X-Robots-Tag"] = "noindex"
    return response


@for_managers
@require_POST
def renew(request: StaffRequest) -> HttpResponse:
    renew_address(by=request.user)
    messages.success(request, "The feed has a new address. Give it to Google; an older one leads nowhere.")
    return redirect("review_exports")


@for_managers
@require_POST
def close(request: StaffRequest) -> HttpResponse:
    if close_address(by=request.user):
        messages.success(request, "The feed has no address any more. Nobody can fetch it.")
    return redirect("review_exports")


def _download(lines: Iterable[str], name: str, ending: str, content_type: str) -> StreamingHttpResponse:
    response = _streamed(lines, content_type)
    file = f"{name}-{timezone.localdate():%Y-%m-%d}.{ending}"
    response["Content-Disposition"] = f'attachment; filename="{file}"'
    return response


def _streamed(lines: Iterable[str], content_type: str) -> StreamingHttpResponse:
    return StreamingHttpResponse(
        _in_pieces(lines), content_type=content_type, headers={"Cache-Control": "private, no-store"}
    )


def _in_pieces(lines: Iterable[str]) -> Iterator[str]:
    rest = iter(lines)
    while piece := "".join(islice(rest, AT_ONCE)):
        yield piece
