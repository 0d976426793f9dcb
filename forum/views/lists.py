"""The list of questions, and a tag's page."""

from typing import Any, NamedTuple

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.safestring import SafeString
from django.views.decorators.http import require_safe

from community.notifications.following import level_of
from community.threads.kept import kept
from community.threads.models import Tag
from community.threads.structured_data import absolute, as_script, breadcrumbs
from forum.listing import TABS, UNANSWERED, UNSOLVED, Choice, ListPage, page_number
from forum.shelves import CATEGORY, PRODUCT, TAG, Word, find_word

COUNTED_TABS = (UNANSWERED, UNSOLVED)
SHELF_TITLES = {CATEGORY: "Subjects", PRODUCT: "Most asked about", TAG: "Tags"}


class Drawn(NamedTuple):
    """A page of a list as everybody sees it."""

    html: SafeString
    number: int
    total: int


@require_safe
def questions(request: HttpRequest) -> HttpResponse:
    choice = Choice.from_address(request.GET)
    drawn = _drawn(request, choice, "forum/list.html", choice.query())
    crumbs = [("Front page", reverse("home")), ("Questions", reverse("questions"))]
    context = {
        "choice": choice,
        "drawn": drawn,
        "ask_url": _ask_url(choice),
        "canonical": _canonical(reverse("questions"), drawn.number),
        "is_indexed": not choice.is_narrowed and bool(drawn.total),
        "structured_data": as_script([breadcrumbs(crumbs)]),
    }
    return render(request, "forum/questions.html", context)


@require_safe
def tag(request: HttpRequest, slug: str) -> HttpResponse:
    word = find_word(TAG, slug)
    if word is None:
        raise Http404("Nothing is tagged so.")
    choice = Choice(tag=word)
    drawn = _drawn(request, choice, "forum/rows.html", "")
    if not drawn.total:
        raise Http404("Nothing public is tagged so.")
    path = reverse("tag", args=[word.slug])
    crumbs = [("Questions", reverse("questions")), (word.name, path)]
    context = {
        "tag": word,
        "drawn": drawn,
        "crumbs": [crumbs[0], (word.name, "")],
        "choice": choice,
        "level": level_of(request.user, tag=Tag(pk=word.pk)),
        "canonical": _canonical(path, drawn.number),
        "structured_data": as_script([breadcrumbs(crumbs)]),
    }
    return render(request, "forum/tag.html", context)


def _drawn(request: HttpRequest, choice: Choice, template: str, query: str) -> Drawn:
    """For members it is kept until something public changes; for others the whole page is."""
    number = page_number(request.GET)
    if not request.user.is_authenticated:
        return _draw(choice, number, template, query)
    return kept.get((template, choice, number), lambda: _draw(choice, number, template, query))


def _draw(choice: Choice, number: int, template: str, query: str) -> Drawn:
    page = choice.page(number)
    context = {
        "choice": choice,
        "page": page.page,
        "query": f"{query}&" if query else "",
        "tabs": _tabs(choice, page),
        "chosen": [_link(choice, word) for word in choice.words],
        "shelves": _shelves(choice, page),
    }
    return Drawn(render_to_string(template, context), page.page.number, page.page.paginator.count)


def _tabs(choice: Choice, page: ListPage) -> list[dict[str, Any]]:
    return [
        {
            "label": label,
            "url": choice.address(tab=tab),
            "current": tab == choice.tab,
            "count": page.counts[tab] if tab in COUNTED_TABS else None,
        }
        for tab, label in TABS.items()
    ]


def _shelves(choice: Choice, page: ListPage) -> list[dict[str, Any]]:
    """Links that narrow the list, each beside what is chosen already."""
    return [
        {"kind": kind, "title": SHELF_TITLES[kind], "links": [_link(choice, word) for word in words]}
        for kind, words in page.shelves.items()
        if words
    ]


def _link(choice: Choice, word: Word) -> dict[str, Any]:
    """The chosen one takes itself away."""
    is_chosen = word in choice.words
    return {
        "label": word.name,
        "url": choice.address(**{word.kind: None if is_chosen else word}),
        "current": is_chosen,
        "count": None,
    }


def _ask_url(choice: Choice) -> str:
    """The form with what the list is narrowed to filled in."""
    return reverse("ask") + "".join(
        f"{'&' if nth else '?'}{word.kind}={word.slug}"
        for nth, word in enumerate(word for word in choice.words if word.kind != TAG)
    )


def _canonical(path: str, number: int) -> str:
    """This page of the plain list."""
    return absolute(f"{path}?page={number}" if number > 1 else path)
