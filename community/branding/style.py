"""Writes the brand's colours as custom properties for the style sheet."""

from functools import lru_cache

from community.branding.colours import DARK, LIGHT, Partners, partners

NAMES = {
    "text": "accent",
    "rule": "accent-rule",
    "fill": "accent-fill",
    "fill_hover": "accent-fill-hover",
    "on_fill": "on-accent",
    "soft": "accent-soft",
}


@lru_cache(maxsize=16)
def brand_style(accent: str) -> str:
    """The text of /brand.css for one brand colour: each token with its light and its dark value."""
    light, dark = partners(accent, LIGHT), partners(accent, DARK)
    pairs = zip(Partners._fields, light, dark, strict=True)
    lines = [f"  --{NAMES[field]}: light-dark({in_light}, {in_dark});" for field, in_light, in_dark in pairs]
    return "\n".join([":root {", f"  --brand: {accent};", *lines, "}", ""])
