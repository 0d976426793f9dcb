"""What a search found as the page shows it, drawn once for all who ask the same.

Kept in this process for one Edition and one state of the index: what is hidden or edited is out of it at once, and what
is new is in it as soon as the index has it.
"""

from typing import NamedTuple
from urllib.parse import urlencode

from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.safestring import SafeString
from haystack import connections

from community.search.completing import Completion, complete
from community.search.facets import facets
from community.search.filters import Filters
from community.search.finding import find
from community.search.recording import ENTRY
from community.search.spelling import correct, fewer_words
from community.search.wording import Wanted
from community.threads.kept import Kept

MOST = 128


class Answer(NamedTuple):
    """`total` of how many results; `results` is a page of them as HTML, with ENTRY where the log's entry belongs."""

    total: int = 0
    results: SafeString = SafeString("")
    is_broken: bool = False


answers = Kept(MOST)
completed = Kept(MOST)


def answer(text: str, wanted: Wanted, filters: Filters, *, number: int) -> Answer:
    """Page `number` of what there is for `text`. One query; at most five more for who asks first."""
    key = (text, filters, number, _state_of_index())
    found = answers.get(key, lambda: _draw(text, wanted, filters, number))
    return found or Answer(is_broken=True)


def completions(text: str) -> list[Completion]:
    """What `text` may become, looked up once for all who type it. One query; three more for who types it first."""
    return completed.get((text, _state_of_index()), lambda: complete(text))


def _state_of_index() -> tuple[str, int] | None:
    """Changes with every document. None if there is nothing to read: `find` then says so."""
    try:
        snapshot = connections["default"].get_backend().snapshot()
    except OSError:
        return None
    return snapshot.name, snapshot.generation


def _draw(text: str, wanted: Wanted, filters: Filters, number: int) -> Answer | None:
    findings = find(wanted, filters, number=number)
    if findings.is_broken:
        return None
    corrected = "" if findings.total and not findings.is_loose else correct(text)
    context = {
        "q": text,
        "filters": filters,
        "ask_url": ask_address(text),
        "findings": findings,
        "corrected": corrected,
        "corrected_url": f"{reverse('search')}?{urlencode({'q': corrected})}",
        "fewer": [] if findings.total else fewer_words(wanted),
        "everything_url": Filters().address(text),
        "entry": ENTRY,
        "query": f"{filters.query(text)}&",
        **facets(text, filters, findings),
    }
    return Answer(findings.total, render_to_string("search/results.html", context))


def ask_address(text: str) -> str:
    """Where to ask what was not found."""
    return f"{reverse('ask')}?{urlencode({'title': text})}"
