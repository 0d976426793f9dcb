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

from community.search.finding import KINDS, Findings, find
from community.search.wording import Wanted
from community.threads.kept import Kept

MOST = 128


class Answer(NamedTuple):
    """`total` of how many results; `results` is a page of them as HTML."""

    total: int = 0
    results: SafeString = SafeString("")
    is_broken: bool = False


answers = Kept(MOST)


def answer(text: str, wanted: Wanted, *, kind: str, number: int) -> Answer:
    """Page `number` of what there is for `text`. One query; three more for who asks first."""
    state = _state_of_index()
    found = answers.get((text, kind, number, state), lambda: _draw(text, wanted, kind, number))
    return found or Answer(is_broken=True)


def _state_of_index() -> tuple[str, int] | None:
    """Changes with every document. None if there is nothing to read: `find` then says so."""
    try:
        snapshot = connections["default"].get_backend().snapshot()
    except OSError:
        return None
    return snapshot.name, snapshot.generation


def _draw(text: str, wanted: Wanted, kind: str, number: int) -> Answer | None:
    findings = find(wanted, kind=kind, number=number)
    if findings.is_broken:
        return None
    context = {
        "q": text,
        "kind": kind,
        "ask_url": ask_address(text),
        "findings": findings,
        "chips": _chips(text, kind, findings),
        "query": _query(text, kind),
    }
    return Answer(findings.total, render_to_string("search/results.html", context))


def ask_address(text: str) -> str:
    """Where to ask what was not found."""
    return f"{reverse('ask')}?{urlencode({'title': text})}"


def _chips(text: str, chosen: str, findings: Findings) -> list[dict[str, object]]:
    """One for each kind that was found; the chosen one's address takes the choice back."""
    return [
        {
            "label": label,
            "url": f"{reverse('search')}?{_query(text, '' if kind == chosen else kind)}".rstrip("&"),
            "current": kind == chosen,
            "count": None if findings.is_loose else findings.counts[kind],
        }
        for kind, label in KINDS.items()
        if findings.counts[kind] or kind == chosen
    ]


def _query(text: str, kind: str) -> str:
    return urlencode({"q": text} | ({"kind": kind} if kind else {})) + "&"
