"""A tag's page, and the page of all tags."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from community.notifications.following import level_of
from community.threads.models import Tag
from community.threads.structured_data import as_script, breadcrumbs
from forum.drawing import draw_list
from forum.listing import TagChoice, page_number
from forum.shelves import TAG, shelves
from forum.tags import ENOUGH, facts_of, page_of_tags, tag_meant_by
from forum.views.lists import canonical, feed_of


@require_safe
def tag(request: HttpRequest, slug: str) -> HttpResponse:
    if shelves({TAG: slug}) is None:
        return _lead_on(request, slug)
    choice = TagChoice.from_address(request.GET, category="", product="", tag=slug)
    counts = choice.shelves.counts
    if not counts.all:
        raise Http404("Nothing public is tagged so.")
    word, drawn = choice.shelves.chosen[TAG], draw_list(request, choice)
    crumbs = [("Tags", reverse("tags")), (word.name, reverse("tag", args=[word.slug]))]
    context = {
        "tag": word,
        "facts": facts_of(word.pk),
        "counts": counts,
        "feed": feed_of(choice),
        "drawn": drawn,
        "crumbs": [crumbs[0], (word.name, "")],
        "choice": choice,
        "level": level_of(request.user, tag=Tag(pk=word.pk)),
        "canonical": canonical(crumbs[1][1], drawn.number),
        "is_indexed": counts.all >= ENOUGH and not choice.is_part,
        "structured_data": as_script([breadcrumbs(crumbs)]),
    }
    return render(request, "forum/tag.html", context)


def _lead_on(request: HttpRequest, slug: str) -> HttpResponse:
    """To the tag that a synonym means, or that was called so before."""
    meant = tag_meant_by(slug)
    if meant is None:
        raise Http404("Nothing is tagged so.")
    query = request.META.get("QUERY_STRING", "")
    address = reverse("tag", args=[meant.slug])
    return redirect(f"{address}?{query}" if query else address, permanent=True)


@require_safe
def tags(request: HttpRequest) -> HttpResponse:
    search = request.GET.get("q", "")
    page = page_of_tags(search, page_number(request.GET))
    crumbs = [("Questions", reverse("questions")), ("Tags", reverse("tags"))]
    context = {
        "page": page,
        "q": search[:100],
        "crumbs": [crumbs[0], ("Tags", "")],
        "canonical": canonical(reverse("tags"), page.number),
        "is_indexed": not search and bool(page.paginator.count),
        "structured_data": as_script([breadcrumbs(crumbs)]),
    }
    return render(request, "forum/tags.html", context)
