"""Draws a template from plain facts, and remembers the drawing.

A list or a thread draws the same row or post for reader after reader. Its template gets nothing but the facts, and the
facts are the key: what it drew can't be out of date, because a changed fact is another key.
"""

from functools import lru_cache
from typing import Protocol

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.safestring import SafeString

MOST_CHARACTERS = 16 * 1024 * 1024  # in each process, drawings and facts' text together
LARGE = 16 * 1024  # a drawing beyond this is not worth its room


class Facts(Protocol):
    """A NamedTuple of strings, numbers, booleans and further such tuples."""

    def __hash__(self) -> int: ...
    def _asdict(self) -> dict[str, object]: ...


class Drawings:
    """Drawings by template and facts. When the room is used up all are forgotten: simple, and it seldom happens."""

    def __init__(self, most: int = MOST_CHARACTERS) -> None:
        self._drawn: dict[tuple[str, Facts], SafeString] = {}
        self._most = most
        self._used = 0

    def draw(self, template: str, facts: Facts) -> SafeString:
        key = (template, facts)
        known = self._drawn.get(key)
        if known is not None:
            return known
        drawing = render_to_string(template, {**facts._asdict(), "facts": facts})
        if len(drawing) <= LARGE and not settings.DEBUG:  # with DEBUG a changed template shows at once
            self._keep(key, drawing)
        return drawing

    def _keep(self, key: tuple[str, Facts], drawing: SafeString) -> None:
        self._used += 2 * len(drawing)
        if self._used > self._most:
            self._drawn.clear()
            self._used = 2 * len(drawing)
        self._drawn[key] = drawing


@lru_cache(maxsize=16_384)
def address(name: str, argument: str | int) -> str:
    """The address of a page that takes one argument; looked up once."""
    return reverse(name, args=[argument])


drawings = Drawings()
draw = drawings.draw
