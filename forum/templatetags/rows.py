"""Draws a question as a line of a list."""

from typing import NamedTuple

from django import template
from django.utils.safestring import SafeString

from community.branding.drawing import draw
from community.branding.templatetags.look import when
from community.threads.templatetags.fresh import fresh_row
from forum.models import Question

register = template.Library()


class Row(NamedTuple):
    """Everything that components/question_row.html shows."""

    url: str
    title: str
    fresh: str
    state: str
    product: str
    author: str
    when: str
    answer_count: int
    level: int


@register.simple_tag
def question_row(question: Question, level: int = 2) -> SafeString:
    """A question with thread, author and product loaded. No query."""
    thread = question.thread
    facts = Row(
        url=thread.get_absolute_url(),
        title=thread.title,
        fresh=fresh_row(thread),
        state=question.state,
        product=thread.product.name if thread.product else "",
        author=thread.author.name,
        when=when(thread.created_at),
        answer_count=thread.answer_count,
        level=level,
    )
    return draw("components/question_row.html", facts)
