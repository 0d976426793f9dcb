"""The brand's colours where no style sheet reaches: in mail, light and dark."""

from functools import lru_cache

from community.branding.colours import DARK, LIGHT, Ground, partners


@lru_cache(maxsize=16)
def mail_colours(accent: str) -> dict[str, dict[str, str]]:
    """`light` and `dark`, each with paper, leaf, ink, line, soft (text), accent (text), fill and on_fill (a button)."""
    return {"light": _of_theme(accent, LIGHT), "dark": _of_theme(accent, DARK)}


def _of_theme(accent: str, ground: Ground) -> dict[str, str]:
    found = partners(accent, ground)
    return {
        "paper": ground.paper,
        "leaf": ground.leaf,
        "ink": ground.ink,
        "line": "#3d3830" if ground.is_dark else "#e2dbcd",
        "soft": "#b9b0a1" if ground.is_dark else "#635b4f",
        "accent": found.text,
        "fill": found.fill,
        "on_fill": found.on_fill,
    }
