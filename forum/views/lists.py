"""The list of questions, and a tag's page."""

from typing import Any

from django.core.paginator import Page
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from community.notifications.following import is_following
from community.threads.models import Tag
from community.threads.structured_data import absolute, as_script, breadcrumbs
from forum.listing import TABS, UNANSWERED, UNSOLVED, Choice, page_number
from forum.shelves import CATEGORY, PRODUCT, TAG, find_word, shelves

COUNTED_TABS = (UNANSWERED, UNSOLVED)


@require_safe
def questions(request: HttpRequest) -> HttpResponse:
    choice = Choice.from_address(request.GET)
    page = choice.page(page_number(request.GET))
    crumbs = [("Front page", reverse("home")), ("Questions", reverse("questions"))]
    context = {
        "choice": choice,
        "page": page,
        "query": _before_page(choice.query()),
        "tabs": _tabs(choice),
        "chosen": [_link(choice, word) for word in choice.words],
        "shelves": _shelves(choice),
        "canonical": _canonical(reverse("questions"), page),
        "is_indexed": not choice.is_narrowed and bool(page.paginator.count),
        "structured_data": as_script([breadcrumbs(crumbs)]),
    }
    return render(request, "forum/questions.html", context)


@require_safe
def tag(request: HttpRequest, slug: str) -> HttpResponse:
    word = find_word(TAG, slug)
    page = Choice(tag=word).page(page_number(request.GET)) if word else None
    if word is None or page is None or not page.paginator.count:
        raise Http404("Nothing is tagged so.")
    path = reverse("tag", args=[word.slug])
    crumbs = [("Questions", reverse("questions")), (word.name, path)]
    context = {
        "tag": word,
        "page": page,
        "crumbs": [crumbs[0], (word.name, "")],
        "choice": Choice(tag=word),
        "is_following": is_following(request.user, tag=Tag(pk=word.pk)),
        "canonical": _canonical(path, page),
        "structured_data": as_script([breadcrumbs(crumbs)]),
    }
    return render(request, "forum/tag.html", context)


def _tabs(choice: Choice) -> list[dict[str, Any]]:
    counts = choice.counts()
    return [
        {
            "label": label,
            "url": choice.address(tab=tab),
            "current": tab == choice.tab,
            "count": counts[tab] if tab in COUNTED_TABS else None,
        }
        for tab, label in TABS.items()
    ]


def _shelves(choice: Choice) -> list[dict[str, Any]]:
    """Links that narrow the list, each beside what is chosen already; the chosen one takes itself away."""
    titles = {CATEGORY: "Subjects", PRODUCT: "Most asked about", TAG: "Tags"}
    return [
        {"kind": kind, "title": titles[kind], "links": [_link(choice, word) for word in words]}
        for kind, words in shelves().items()
        if words
    ]


def _link(choice: Choice, word: Any) -> dict[str, Any]:
    is_chosen = word in choice.words
    return {
        "label": word.name,
        "url": choice.address(**{word.kind: None if is_chosen else word}),
        "current": is_chosen,
        "count": None,
    }


def _canonical(path: str, page: Page) -> str:
    """This page of the plain list."""
    return absolute(f"{path}?page={page.number}" if page.number > 1 else path)


def _before_page(query: str) -> str:
    return f"{query}&" if query else ""
