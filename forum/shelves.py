"""What a list of questions can be narrowed by: every category, and the products and tags that people ask about most."""

from typing import Any, NamedTuple, cast

from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.core.validators import validate_unicode_slug
from django.db.models import Count, F, QuerySet, Value

from community.products.models import Product
from community.threads.models import Category, Status, Tag, TaggedThread, Thread

CATEGORY, PRODUCT, TAG = "category", "product", "tag"
MOST_ASKED = {PRODUCT: 10, TAG: 20}
KEY = "forum.shelves"
SECONDS = 300


class Word(NamedTuple):
    """One thing to narrow a list by. `text` is what a category's description says."""

    kind: str
    pk: int
    slug: str
    name: str
    text: str
    position: int


Shelves = dict[str, list[Word]]


def shelves() -> Shelves:
    """The words of each kind as they are shown. Read in one query, then kept for 5 minutes."""
    return cast(Shelves, cache.get_or_set(KEY, _read, SECONDS))


def forget_shelves() -> None:
    """A category has changed: read them anew."""
    cache.delete(KEY)


def find_word(kind: str, slug: str) -> Word | None:
    """The word of that kind and slug, whether it is on a shelf or not; None if there is none. At most one query."""
    on_shelf = [word for word in shelves()[kind] if word.slug == slug]
    if on_shelf or not _is_slug(slug):
        return next(iter(on_shelf), None)
    row = _words(kind).filter(slug=slug).first()
    return Word(*row) if row else None


def _read() -> Shelves:
    questions = Thread.objects.listed().questions().exclude(product=None)
    tagged = TaggedThread.objects.filter(content_object__status=Status.PUBLISHED)
    products = _words(PRODUCT).filter(pk__in=_commonest(questions, PRODUCT))
    tags = _words(TAG).filter(pk__in=_commonest(tagged, TAG))
    found: Shelves = {CATEGORY: [], PRODUCT: [], TAG: []}
    for row in _words(CATEGORY).union(products, tags, all=True):
        found[row[0]].append(Word(*row))
    for words in found.values():
        words.sort(key=lambda word: (word.position, word.name.casefold()))
    return found


def _words(kind: str) -> QuerySet[Any, Any]:
    models: dict[str, QuerySet[Any]] = {
        CATEGORY: Category.objects.annotate(words=F("description"), place=F("position")),
        PRODUCT: Product.objects.annotate(words=Value(""), place=Value(0)),
        TAG: Tag.objects.annotate(words=Value(""), place=Value(0)),
    }
    named = models[kind].annotate(kind=Value(kind)).order_by()
    return named.values_list("kind", "pk", "slug", "name", "words", "place")


def _commonest(rows: QuerySet[Any], field: str) -> QuerySet[Any, Any]:
    counted = rows.order_by().values(field).annotate(times=Count("pk")).order_by("-times", field)
    return counted.values(field)[: MOST_ASKED[field]]


def _is_slug(text: str) -> bool:
    try:
        validate_unicode_slug(text)
    except ValidationError:
        return False
    return len(text) <= 120
