"""What is known of a tag beside its questions, and all tags by how much is asked under them."""

from typing import NamedTuple

from django.core.cache import cache
from django.core.paginator import Page, Paginator
from django.db.models import Count, Exists, OuterRef, Q, Subquery

from community.members.text import tidy_line
from community.notifications.models import Level, Subscription
from community.threads.kept import kept
from community.threads.models import Status, Tag, TagSynonym, Thread
from forum.folding import Rows
from forum.shelves import LARGE, SECONDS

TAGS_A_PAGE = 60
LONGEST_SEARCH = 30
KEY = "forum.tags"
ENOUGH = 3  # questions: with fewer a tag's page says too little for search engines


class TagFacts(NamedTuple):
    """A tag as its page shows it."""

    pk: int
    description: str
    synonyms: list[str]
    follower_count: int


def facts_of(pk: int) -> TagFacts:
    """Kept until something public changes. One query."""
    return kept.get(("tag facts", pk), lambda: _read(pk))


def _read(pk: int) -> TagFacts:
    followers = Subscription.objects.filter(tag=OuterRef("pk"), level__gte=Level.TRACKING, member__is_active=True)
    counted = followers.order_by().values("tag").annotate(number=Count("pk")).values("number")
    synonyms = TagSynonym.objects.filter(tag=OuterRef("pk")).order_by("name")
    row = Tag.objects.annotate(followers=Subquery(counted), other_names=Rows(synonyms, name="name")).get(pk=pk)
    return TagFacts(row.pk, row.description, [one["name"] for one in row.other_names], row.followers or 0)


def tag_meant_by(slug: str) -> Tag | None:
    """The tag that a synonym or an earlier address leads to. One query."""
    return Tag.objects.filter(synonyms__slug=slug).first()


class TagCard(NamedTuple):
    """A tag in the list of all tags."""

    slug: str
    name: str
    description: str
    question_count: int


def page_of_tags(search: str, number: int) -> Page:
    """Tags that somebody asked under, the commonest first; with `search`, those whose name or synonym has it."""
    text = tidy_line(search)[:LONGEST_SEARCH]
    found = kept.get(("tags", text.casefold()), lambda: _search(text) if text else _all())
    paginator = Paginator(found, TAGS_A_PAGE)
    return paginator.page(min(number, paginator.num_pages))


def _all() -> list[TagCard]:
    """Of a large community counted once a minute."""
    known: list[TagCard] | None = cache.get(KEY)
    if known is None:
        known = _search("")
        if sum(tag.question_count for tag in known) >= LARGE:
            cache.set(KEY, known, SECONDS)
    return known


def _search(text: str) -> list[TagCard]:
    of_questions = Q(
        tagged_threads__content_object__status=Status.PUBLISHED,
        tagged_threads__content_object__kind=Thread.Kind.QUESTION,
    )
    tags = Tag.objects.order_by()
    if text:
        synonyms = TagSynonym.objects.filter(tag=OuterRef("pk"), name__icontains=text)
        tags = tags.filter(Q(name__icontains=text) | Exists(synonyms))
    counted = tags.annotate(number=Count("tagged_threads", filter=of_questions)).filter(number__gt=0)
    rows = counted.values_list("slug", "name", "description", "number")
    return [TagCard(*row) for row in sorted(rows, key=lambda row: (-row[3], row[1].casefold()))]
