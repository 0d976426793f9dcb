"""What a shop copies into its pages: the script, the frame, and the lines of its Content-Security-Policy."""

from typing import NamedTuple

from django.conf import settings
from django.urls import reverse
from django.utils.html import format_html

from community.products.models import Product
from community.threads.structured_data import absolute

HEIGHT = 560  # pixels kept free, so that nothing on the shop's page moves
THEMES = {"light": "Light", "dark": "Dark", "auto": "As the reader's device"}


class Snippets(NamedTuple):
    """HTML to be shown as text, not as HTML."""

    script: str
    frame: str


def snippets_for(product: Product, theme: str) -> Snippets:
    """`theme` is one of THEMES. Both carry a way to the reviews for when nothing can be shown."""
    page = absolute(product.get_absolute_url())
    target = f"reviews-{product.slug}"
    chosen = "" if theme == "auto" else format_html(' data-theme="{}"', theme)
    script = format_html(
        '<div id="{}"><a href="{}">Reviews of {}</a><br><svg width="1" height="{}" aria-hidden="true"></svg></div>\n'
        '<script src="{}" data-product="{}" data-target="{}"{} async></script>',
        target, page, product.name, HEIGHT, absolute(reverse("widget_script")), product.slug, target, chosen,
    )  # fmt: skip
    address = absolute(reverse("widget", args=[product.slug])) + ("" if theme == "auto" else f"?theme={theme}")
    frame = format_html(
        '<iframe src="{}" title="Reviews of {}" width="100%" height="{}" loading="lazy" frameborder="0"></iframe>',
        address, product.name, HEIGHT,
    )  # fmt: skip
    return Snippets(script, frame)


def policy_lines() -> dict[str, str]:
    """What a shop with a strict policy adds to it, by what it uses."""
    return {
        "The script": f"script-src {settings.SITE_URL}",
        "The frame": f"frame-src {settings.SITE_URL}",
        "Your own script that asks for the JSON": f"connect-src {settings.SITE_URL}",
        "Only where Trusted Types are required": "trusted-types second-conversation 'allow-duplicates'",
    }
