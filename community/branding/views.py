"""Serves the brand's style sheet."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from community.branding.models import Branding
from community.branding.style import brand_style


@require_safe
def brand_css(request: HttpRequest) -> HttpResponse:
    """The brand's colours; kept for a year under its version, for a minute under any other."""
    brand = Branding.current()
    response = HttpResponse(brand_style(brand.accent), content_type="text/css; charset=utf-8")
    is_current = request.GET.get("v") == brand.version
    response["Cache-Control"] = "public, max-age=31536000, immutable" if is_current else "public, max-age=60"
    return response
