"""What was said elsewhere, in pages."""

from collections.abc import Iterable
from typing import Any

from django import template
from django.utils.safestring import SafeString

from staff.listening.answering import answer_of
from staff.listening.showing import keywords_shown, marked
from staff.models import Conversation, Mention, Reason

register = template.Library()
register.filter("keywords_shown", keywords_shown)


@register.filter
def marked_text(mention: Mention, reasons: Iterable[Reason] = ()) -> SafeString:
    return marked(mention.text, mention.keywords, _evidence(mention, reasons))


@register.filter
def marked_title(mention: Mention, reasons: Iterable[Reason] = ()) -> SafeString:
    return marked(mention.title, mention.keywords, _evidence(mention, reasons))


def _evidence(mention: Mention, reasons: Iterable[Reason]) -> set[str]:
    """The words that raised `reasons`; a keyword is marked as one already."""
    return {reason.evidence for reason in reasons if reason.evidence} - {words for _, words in mention.keywords}


@register.inclusion_tag("staff/listening/answer.html", takes_context=True)
def answer_elsewhere(context: template.Context, conversation: Conversation) -> dict[str, Any]:
    """Write here, post there, bring back the address. Refused forms come as `answer_form` and `author_form`."""
    forms = {"form": context.get("answer_form"), "author_form": context.get("author_form")}
    answer = answer_of(conversation, by=context["request"].user, **forms)
    return {"answer": answer, "conversation": conversation, "csrf_token": context.get("csrf_token")}
