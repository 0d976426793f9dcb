"""The readable part of an address."""

import re

import pytest
from django.urls import get_resolver

from community.threads.slugs import LONGEST, PAGES_BELOW, slug_of


def test_no_question_is_hidden_by_a_page_of_the_same_name() -> None:
    routes = {
        str(pattern.pattern) for part in get_resolver().url_patterns for pattern in getattr(part, "url_patterns", [])
    }
    below = {found[1] for route in routes if (found := re.fullmatch(r"questions/<int:pk>/([a-z-]+)/", route))}
    assert below == set(PAGES_BELOW)


@pytest.mark.parametrize(
    ("title", "slug"),
    [
        ("How do I wash it?", "how-do-i-wash-it"),
        ("Details???????????", ""),
        ("Still need help", ""),
        ("\u4f60\u597d", ""),
    ],
)
def test_a_title_becomes_a_slug(title: str, slug: str) -> None:
    assert slug_of(title) == slug


def test_a_long_title_is_cut_at_a_word() -> None:
    assert slug_of("word " * 40) == ("word-" * 16)[:-1]
    assert len(slug_of("w" * 150)) <= LONGEST
