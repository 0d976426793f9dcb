"""A drawing is remembered by its facts, so a changed fact is always seen."""

from typing import NamedTuple

from community.branding.drawing import Drawings


class Facts(NamedTuple):
    url: str = "/questions/1/wool/"
    title: str = "How do I wash wool?"
    state: str = "solved"
    product: str = ""
    author: str = "Mara"
    when: str = "yesterday"
    answer_count: int = 2
    level: int = 2


ROW = "components/question_row.html"


def test_the_same_facts_are_drawn_once():
    drawings = Drawings()
    assert drawings.draw(ROW, Facts()) is drawings.draw(ROW, Facts())


def test_a_changed_fact_is_drawn_anew():
    drawings = Drawings()
    drawings.draw(ROW, Facts())
    assert "3</b> answers" in drawings.draw(ROW, Facts(answer_count=3))


def test_facts_are_escaped():
    assert "<script>" not in Drawings().draw(ROW, Facts(title="<script>alert(1)</script>"))


def test_memory_has_an_end():
    drawings = Drawings(most=4000)
    for number in range(100):
        drawings.draw(ROW, Facts(answer_count=number))
    assert len(drawings._drawn) < 10


def test_with_debug_a_changed_template_shows_at_once(settings):
    settings.DEBUG = True
    drawings = Drawings()
    drawings.draw(ROW, Facts())
    assert not drawings._drawn
