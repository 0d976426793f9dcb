"""The style sheet and the colour arithmetic stand on the same ground, and nothing goes around the tokens."""

import re
from pathlib import Path

import pytest
from django.conf import settings

from community.branding.colours import DARK, LIGHT, contrast
from community.branding.models import DEFAULT_ACCENT
from community.branding.style import brand_style

CSS = Path(settings.BASE_DIR, "static", "css")
SITE = (CSS / "site.css").read_text()
TOKEN = re.compile(r"--([a-z-]+): light-dark\((#[0-9a-f]{6}), (#[0-9a-f]{6})\)")
TOKENS = {name: (light, dark) for name, light, dark in TOKEN.findall(SITE)}


@pytest.mark.parametrize("name", ["paper", "leaf", "sunk", "ink"])
def test_neutrals_are_those_that_contrast_is_computed_against(name):
    assert TOKENS[name] == (getattr(LIGHT, name), getattr(DARK, name))


def test_the_sheet_starts_from_the_default_brand():
    for name, light, dark in TOKEN.findall(brand_style(DEFAULT_ACCENT)):
        assert TOKENS[name] == (light, dark), name


@pytest.mark.parametrize("name", ["ink", "ink-soft", "ink-faint", "good", "warn", "bad"])
def test_every_colour_of_words_reads_on_every_surface(name):
    for theme in (0, 1):
        for surface in ("paper", "leaf", "sunk", "good-soft", "warn-soft", "bad-soft"):
            assert contrast(TOKENS[name][theme], TOKENS[surface][theme]) >= 4.5, (surface, theme)


def test_edges_of_controls_can_be_seen():
    for theme in (0, 1):
        assert all(
            contrast(TOKENS["edge"][theme], TOKENS[surface][theme]) >= 3 for surface in ("paper", "leaf", "sunk")
        )


@pytest.mark.parametrize("sheet", sorted(CSS.glob("*.css")), ids=lambda path: path.name)
def test_only_tokens_are_used_that_exist(sheet):
    text = sheet.read_text()
    defined = set(re.findall(r"--([a-z0-9-]+):", SITE + text)) | {"tone"}
    assert set(re.findall(r"var\(--([a-z0-9-]+)", text)) <= defined
