"""The list of questions."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from community.notifications.following import level_of
from community.threads.models import Category
from community.threads.structured_data import absolute, as_script, breadcrumbs
from forum.drawing import draw_list
from forum.listing import Choice
from forum.saved_lists import lists_of
from forum.shelves import CATEGORY, PRODUCT


@require_safe
def questions(request: HttpRequest) -> HttpResponse:
    choice = Choice.from_address(request.GET)
    drawn = draw_list(request, choice)
    crumbs = [("Front page", reverse("home")), ("Questions", reverse("questions"))]
    category = choice.shelves.chosen.get(CATEGORY)
    context = {
        "choice": choice,
        "drawn": drawn,
        "ask_url": ask_address(choice),
        "canonical": canonical(reverse("questions"), drawn.number),
        "is_indexed": not choice.is_narrowed and bool(drawn.total),
        "structured_data": as_script([breadcrumbs(crumbs)]),
        "about": category.text if category else "",
        "feed": feed_of(choice),
        "category": category,
        "level": level_of(request.user, category=Category(pk=category.pk)) if category else None,
    }
    return render(request, "forum/questions.html", context | _saved(request, choice))


def ask_address(choice: Choice) -> str:
    """The form with what the list is narrowed to filled in."""
    chosen = choice.shelves.chosen
    parts = [f"{kind}={chosen[kind].slug}" for kind in (CATEGORY, PRODUCT) if kind in chosen]
    return reverse("ask") + ("?" if parts else "") + "&".join(parts)


def feed_of(choice: Choice) -> dict[str, str]:
    """The feed nearest to the list: of the one thing chosen, or of all questions."""
    if len(choice.words) != 1:
        return {"title": "New questions", "url": reverse("feed_questions")}
    (word,) = choice.words
    return {"title": f"New questions: {word.name}", "url": reverse(f"feed_{word.kind}", args=[word.slug])}


def canonical(path: str, number: int) -> str:
    """This page of the plain list."""
    return absolute(f"{path}?page={number}" if number > 1 else path)


def _saved(request: HttpRequest, choice: Choice) -> dict[str, Any]:
    """The reader's own lists, and whether this could become one of them."""
    lists = lists_of(request.user)
    return {
        "saved_lists": lists,
        "query": choice.query(),
        "may_save": choice.is_narrowed and choice.query() not in [saved.query for saved in lists],
    }
