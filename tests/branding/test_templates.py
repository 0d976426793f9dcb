"""What is easily forgotten in a template, and what Django's test client does not notice."""

import re
from functools import cache
from pathlib import Path

from django.conf import settings

TEMPLATES = Path(settings.BASE_DIR, "templates")
INCLUDE = re.compile(r'{% include "([^"]+)"([^%]*)%}')


@cache
def needs_token(name: str) -> bool:
    """Whether a template, or what it includes, writes the CSRF token."""
    text = (TEMPLATES / name).read_text()
    return "{% csrf_token %}" in text or any(needs_token(other) for other, _ in INCLUDE.findall(text) if other != name)


def own_templates():
    return sorted(path.relative_to(TEMPLATES).as_posix() for path in TEMPLATES.rglob("*.html"))


def test_an_include_that_hands_on_only_some_names_hands_on_the_csrf_token_too():
    """`only` drops the token: the form would be refused in every browser, and the test client would not notice."""
    forgotten = [
        f"{name} includes {other}"
        for name in own_templates()
        for other, arguments in INCLUDE.findall((TEMPLATES / name).read_text())
        if "only" in arguments.split() and needs_token(other) and "csrf_token=" not in arguments
    ]
    assert not forgotten


def test_nothing_inline_that_the_content_security_policy_would_block():
    inline = re.compile(r'<[^>{]*\s(style|on[a-z]+)="|<style|<script(?![^>]*(src=|type="application/(ld\+)?json"))')
    blocked = {
        name: found.group(0)
        for name in own_templates()
        if (found := inline.search((TEMPLATES / name).read_text())) and "/mail/" not in name
        if name != "widget/page.html"  # one request and no more: its policy allows this very style, by hash
    }
    assert not blocked


def test_htmx_is_written_as_data_attributes():
    assert not [name for name in own_templates() if re.search(r"\shx-[a-z]+=", (TEMPLATES / name).read_text())]


def test_no_template_outgrows_a_reader():
    """120 lines for a page, 50 for a part (the house style)."""
    lengths = {name: len((TEMPLATES / name).read_text().splitlines()) for name in own_templates()}
    assert not {name: length for name, length in lengths.items() if length > (50 if "components/" in name else 120)}
