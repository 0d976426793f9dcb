"""Photos from the disk, for a site on one machine. In front of a bigger one nginx answers (deploy/nginx.conf)."""

from django.conf import settings
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.views.decorators.http import require_safe
from django.views.static import serve

A_YEAR = "public, max-age=31536000, immutable"  # a photo's name is random and never used again


@require_safe
def media(request: HttpRequest, path: str) -> HttpResponseBase:
    response = serve(request, path, document_root=str(settings.MEDIA_ROOT))
    response["Cache-Control"] = A_YEAR
    return response
