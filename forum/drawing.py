"""Draws a list of questions as everybody sees it: rows, tabs, and what narrows it."""

from typing import Any, NamedTuple

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from community.threads.kept import kept
from forum.listing import PART_TABS, TABS, Choice, page_number
from forum.shelves import CATEGORY, MOST_SHOWN, PRODUCT, TAG, Counts, Word

SHELF_TITLES = {CATEGORY: "Subjects", PRODUCT: "Most asked about", TAG: "Tags"}
MORE = {PRODUCT: ("products", "All products"), TAG: ("tags", "All tags")}


class Drawn(NamedTuple):
    """A page of a list as everybody sees it."""

    html: SafeString
    number: int
    total: int


def draw_list(request: HttpRequest, choice: Choice) -> Drawn:
    """For members it is kept until something public changes; for others the whole page is. At most one query."""
    number = page_number(request.GET)
    if not request.user.is_authenticated:
        return _draw(choice, number)
    key = (type(choice).__name__, choice.tab, *choice.words, number)
    return kept.get(key, lambda: _draw(choice, number))


def _draw(choice: Choice, number: int) -> Drawn:
    page, query = choice.page(number), choice.address().partition("?")[2]
    context = {
        "choice": choice,
        "page": page,
        "query": f"{query}&" if query else "",
        "tabs": _tabs(choice),
        "chosen": [_link(choice, word) for word in choice.words if word != choice.home],
        "shelves": _shelves(choice),
    }
    return Drawn(render_to_string("forum/list.html", context), page.number, page.paginator.count)


def _tabs(choice: Choice) -> list[dict[str, Any]]:
    return [
        {
            "label": label,
            "url": choice.address(tab),
            "current": tab == choice.tab,
            "count": choice.count_in(choice.shelves.counts, tab) if tab in PART_TABS else None,
        }
        for tab, label in TABS.items()
    ]


def _shelves(choice: Choice) -> list[dict[str, Any]]:
    """Links that narrow the list, each beside what is chosen already."""
    shelves = []
    for kind, words in choice.shelves.words.items():
        shown = [(word, counts) for word, counts in words if _is_of_use(choice, word, counts)][: MOST_SHOWN[kind]]
        if kind != CATEGORY:
            shown.sort(key=lambda each: (-choice.count_in(each[1]), each[0].name.casefold()))
        more_name, more = MORE.get(kind, ("", ""))
        links = [_link(choice, word, counts) for word, counts in shown]
        if links:
            shelves.append(
                {"kind": kind, "title": _title_of(choice, kind), "links": links, "more_name": more_name, "more": more}
            )
    return shelves


def _title_of(choice: Choice, kind: str) -> str:
    return "Related tags" if kind == TAG and choice.home else SHELF_TITLES[kind]


def _is_of_use(choice: Choice, word: Word, counts: Counts) -> bool:
    """Leads somewhere; of the whole list every subject, that there may be questions. A page's own tag does not."""
    if word == choice.home:
        return False
    return bool(choice.count_in(counts)) or word in choice.words or not choice.is_narrowed


def _link(choice: Choice, word: Word, counts: Counts | None = None) -> dict[str, Any]:
    """The chosen one takes itself away."""
    is_chosen = word in choice.words
    return {
        "label": word.name,
        "url": choice.address(**{word.kind: "" if is_chosen else word.slug}),
        "current": is_chosen,
        "count": None if is_chosen or counts is None else choice.count_in(counts) or None,
    }
