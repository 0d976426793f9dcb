"""Whatever colour a brand picks, people can read the site in it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from community.branding.colours import BLACK, DARK, LIGHT, WHITE, Ground, contrast, mix, partners

any_colour = st.integers(0, 0xFFFFFF).map(lambda number: f"#{number:06x}")
any_ground = st.sampled_from([LIGHT, DARK])


def surfaces(ground: Ground, soft: str) -> tuple[str, ...]:
    return (ground.paper, ground.leaf, ground.sunk, soft)


@given(any_colour, any_ground)
def test_text_in_any_brand_colour_reads_on_every_surface(brand, ground):
    found = partners(brand, ground)
    assert min(contrast(found.text, surface) for surface in surfaces(ground, found.soft)) >= 4.5


@given(any_colour, any_ground)
def test_rules_in_any_brand_colour_can_be_seen_on_every_surface(brand, ground):
    found = partners(brand, ground)
    assert min(contrast(found.rule, surface) for surface in surfaces(ground, found.soft)) >= 3


@given(any_colour, any_ground)
def test_a_primary_button_reads_at_rest_and_under_the_pointer(brand, ground):
    found = partners(brand, ground)
    assert contrast(found.on_fill, found.fill) >= 4.5
    assert contrast(found.on_fill, found.fill_hover) >= 4.5


@given(any_colour, any_ground)
def test_ink_reads_easily_on_a_tinted_surface(brand, ground):
    assert contrast(ground.ink, partners(brand, ground).soft) >= 7


def test_a_colour_that_reads_already_stays_as_it_is():
    assert partners("#1f5c63", LIGHT).text == "#1f5c63"


def test_a_yellow_button_carries_dark_words():
    assert partners("#ffd400", LIGHT).on_fill == BLACK


def test_a_dark_brand_gets_a_lighter_twin_in_the_dark():
    assert contrast(partners("#0a3d2e", DARK).text, DARK.paper) > contrast("#0a3d2e", DARK.paper)


@pytest.mark.parametrize(("first", "second", "ratio"), [(WHITE, "#000000", 21.0), ("#767676", WHITE, 4.54)])
def test_contrast_is_that_of_wcag(first, second, ratio):
    assert round(contrast(first, second), 2) == ratio


def test_mixing_half_and_half_meets_in_the_middle():
    assert mix("#000000", "#ffffff", 0.5) == "#808080"
