"""A mention's words with what we listen for marked in them."""

from collections.abc import Iterable
from html import escape

from django.utils.safestring import SafeString, mark_safe

from staff.listening.keywords import LABELS
from staff.models import Mention
from staff.triage.reading_text import any_of, straight


def marked(text: str, keywords: list[list[str]], evidence: Iterable[str] = ()) -> SafeString:
    """`text` escaped, each of `keywords` ([kind, words]) in a <mark> that says what it is to us.

    So are the words of `evidence`, around the keywords in them.
    """
    pieces, end = [], 0
    for match in any_of(tuple(evidence)).finditer(straight(text)):
        before, words = text[end : match.start()], text[match.start() : match.end()]
        pieces += [_marked(before, keywords), f"<mark>{_marked(words, keywords)}</mark>"]
        end = match.end()
    return mark_safe("".join([*pieces, _marked(text[end:], keywords)]))  # noqa: S308 - everything in it is escaped


def _marked(text: str, keywords: list[list[str]]) -> str:
    kinds = {" ".join(straight(words).lower().split()): kind for kind, words in keywords}
    pattern = any_of(tuple(words for _, words in keywords))
    pieces, end = [], 0
    for match in pattern.finditer(straight(text)):
        kind = kinds.get(" ".join(match.group().lower().split()), "")
        words = escape(text[match.start() : match.end()])
        pieces += [escape(text[end : match.start()]), f'<mark class="heard heard--{kind}">{words}</mark>']
        end = match.end()
    return "".join([*pieces, escape(text[end:])])


def keywords_shown(mention: Mention) -> list[tuple[str, str]]:
    """(what it is to us, the words) for a row."""
    return [(LABELS.get(kind, kind), words) for kind, words in mention.keywords]
