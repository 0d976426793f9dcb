"""What a shop's page shows of a product's reviews: a page for a frame, and a script with what it puts there.

Nothing here reads or sets a cookie, and nothing but the product can be asked for: no stars, no order, no number.
"""

import json
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.urls import reverse
from django.views.decorators.gzip import gzip_page
from django.views.decorators.http import require_safe

from community.branding.models import Branding
from community.products.models import Product
from community.threads.kept import kept
from community.threads.structured_data import absolute
from reviews.widget.drawing import draw_widget, find
from reviews.widget.dress import file_text, page_style, script_version, shadow_style, style_source
from reviews.widget.keeping import at_one_edition, send
from reviews.widget.origins import frame_policy, open_to_shops

HTML, SCRIPT = "text/html; charset=utf-8", "text/javascript; charset=utf-8"
THEMES = ("light", "dark")
A_WEEK, A_YEAR = 60 * 60 * 24 * 7, 60 * 60 * 24 * 365


@require_safe
@gzip_page
@at_one_edition
def script(request: HttpRequest) -> HttpResponse:
    """The script of the first kind of widget. What it may be told never changes; a new kind gets a new name."""
    is_this = request.GET.get("v") == script_version()
    response = send(request, file_text("v1.js").encode(), SCRIPT, seconds=A_YEAR if is_this else A_WEEK)
    if is_this:
        response["Cache-Control"] += ", immutable"
    return open_to_shops(request, response)


@require_safe
@gzip_page
@at_one_edition
def module(request: HttpRequest, key: str, *, by_sku: bool = False) -> HttpResponse:
    """What the script asks for: a module, so that a shop has to allow scripts from here and nothing else."""
    name = ("widget module", key, by_sku, Branding.current().version)
    return open_to_shops(request, send(request, kept.get(name, lambda: _module(key, by_sku)), SCRIPT))


@require_safe
@gzip_page
@at_one_edition
def page(request: HttpRequest, key: str, *, by_sku: bool = False) -> HttpResponse:
    """The frame. `?theme=light` or `dark`; anything else in the address is passed over."""
    chosen = request.GET.get("theme", "")
    theme = chosen if chosen in THEMES else ""
    name = ("widget page", key, by_sku, theme, Branding.current().version)
    content, is_known = kept.get(name, lambda: _page(key, by_sku, theme))
    response = open_to_shops(request, send(request, content, HTML, status=200 if is_known else 404))
    response["Content-Security-Policy"] = frame_policy(style=style_source(page_style()))
    response.xframe_options_exempt = True  # frame-ancestors says who may, by name
    return response


def _module(key: str, by_sku: bool) -> bytes:
    product = find(key, by_sku=by_sku)
    parts = {"css": shadow_style(), "html": _body(product, is_page=False)}
    return f"export default {json.dumps(parts, ensure_ascii=False)}\n".encode()


def _page(key: str, by_sku: bool, theme: str) -> tuple[bytes, bool]:
    product, brand = find(key, by_sku=by_sku), Branding.current()
    context = {
        "brand": brand,
        "product": product,
        "body": _body(product, is_page=True),
        "theme": theme,
        "style": page_style(),
    }
    return render_to_string("widget/page.html", context).encode(), product is not None


def _body(product: Product | None, *, is_page: bool) -> str:
    if product is not None:
        return draw_widget(product, is_page=is_page)
    context: dict[str, Any] = {"brand": Branding.current(), "url": absolute(reverse("products")), "is_page": is_page}
    return render_to_string("widget/unknown.html", context)
