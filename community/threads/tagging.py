"""Tags as people write them: a synonym means its tag, and what is typed finds the tags there are."""

from collections.abc import Iterable
from typing import NamedTuple

from django.db.models import Count, Q
from django.db.models.functions import Lower

from community.members.text import tidy_line
from community.threads.models import Status, Tag, TagSynonym

CHOICES = 8


class TagChoice(NamedTuple):
    value: str
    label: str
    note: str


def proper_tags(names: Iterable[str]) -> list[str]:
    """`names` with each synonym replaced by its tag, each once. One query, none for no names."""
    wanted = list(names)
    if not wanted:
        return []
    synonyms = TagSynonym.objects.annotate(lower=Lower("name")).filter(lower__in=[name.lower() for name in wanted])
    meant = {synonym.lower: synonym.tag.name for synonym in synonyms.select_related("tag")}
    proper = (meant.get(name.lower(), name) for name in wanted)
    return list({name.casefold(): name for name in proper}.values())


def tags_like(text: str) -> list[TagChoice]:
    """Tags, the most used first, that begin with `text` themselves or by a synonym. 2 queries; none for no text.

    Only what is public counts: words that stand on nothing but hidden or held threads are offered to nobody.
    """
    start = tidy_line(text)
    if not start:
        return []
    is_public = Q(tagged_threads__content_object__status=Status.PUBLISHED)
    counted = Tag.objects.annotate(uses=Count("tagged_threads", filter=is_public), all=Count("tagged_threads"))
    used = counted.filter(Q(uses__gt=0) | Q(all=0)).order_by("-uses", "name")
    choices = {
        tag.name: TagChoice(tag.name, tag.name, _uses(tag.uses))
        for tag in used.filter(name__istartswith=start)[:CHOICES]
    }
    for synonym in TagSynonym.objects.filter(name__istartswith=start).select_related("tag")[:CHOICES]:
        choices.setdefault(synonym.tag.name, TagChoice(synonym.tag.name, synonym.tag.name, f"for “{synonym.name}”"))
    return list(choices.values())[:CHOICES]


def _uses(number: int) -> str:
    return f"{number} thread{'' if number == 1 else 's'}"
