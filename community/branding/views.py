"""Serves the brand's style sheet and its card."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from community.branding.card import draw_card
from community.branding.models import Branding
from community.branding.style import brand_style


@require_safe
def brand_css(request: HttpRequest) -> HttpResponse:
    """The brand's colours; kept for a year under its version, for a minute under any other."""
    brand = Branding.current()
    return _kept(request, HttpResponse(brand_style(brand.accent), content_type="text/css; charset=utf-8"))


@require_safe
def brand_card(request: HttpRequest) -> HttpResponse:
    """The picture beside links to pages; drawn once for a brand."""
    return _kept(request, HttpResponse(draw_card(Branding.current()), content_type="image/png"))


def _kept(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    is_current = request.GET.get("v") == Branding.current().version
    response["Cache-Control"] = "public, max-age=31536000, immutable" if is_current else "public, max-age=60"
    return response
