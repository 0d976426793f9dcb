"""What somebody may be about to type: titles, products and tags that hold the words so far, the last one unfinished."""

from typing import NamedTuple

from django.db.models import Exists, OuterRef
from haystack.exceptions import SearchBackendError
from haystack.inputs import Raw
from haystack.query import SearchQuerySet

from community.branding.drawing import address
from community.products.models import Product
from community.search.words import WORD, plain, stem
from community.threads.models import Status, Tag, TaggedThread, Thread

SHORTEST = 2  # characters
LONGEST = 100
MOST_THREADS, MOST_PRODUCTS, MOST_TAGS = 5, 2, 2
LOOKED_AT = 40


class Completion(NamedTuple):
    kind: str  # Question, Review, Product, Tag
    label: str
    url: str


def complete(text: str) -> list[Completion]:
    """At most nine, products and tags first. Three queries, fewer where the index has nothing."""
    words = [plain(word) for word in WORD.findall(text[:LONGEST]) if plain(word)]
    if len("".join(words)) < SHORTEST:
        return []
    try:
        found = _matches(words)
    except SearchBackendError:
        return []
    products = Product.objects.in_bulk([key for key, name in found if name == "product"])
    threads = Thread.objects.listed().in_bulk([key for key, name in found if name == "thread"])
    named = [products[key] for key, name in found if name == "product" and key in products]
    titled = [threads[key] for key, name in found if name == "thread" and key in threads]
    return [
        *(_of_product(one) for one in [one for one in named if _begins(one.name, words)][:MOST_PRODUCTS]),
        *_tags(" ".join(words)),
        *(_of_thread(one) for one in [one for one in titled if _begins(one.title, words)][:MOST_THREADS]),
    ]


def _of_product(product: Product) -> Completion:
    return Completion("Product", product.name, product.get_absolute_url())


def _of_thread(thread: Thread) -> Completion:
    return Completion(thread.get_kind_display(), thread.title, thread.get_absolute_url())


def _matches(words: list[str]) -> list[tuple[int, str]]:
    """Keys and model names of documents whose title has all the words, whole or begun. Best first."""
    query = " AND ".join(f"words:{word}*" for word in words if stem(word) or word == words[-1])
    found = SearchQuerySet().filter(content=Raw(query))[:LOOKED_AT]
    return [(int(one.pk), one.model_name) for one in found]


def _begins(title: str, words: list[str]) -> bool:
    """Does every word of the title's own words begin one of these?"""
    said = [plain(word) for word in WORD.findall(title)]
    return all(any(one.startswith(word) for one in said) for word in words)


def _tags(text: str) -> list[Completion]:
    in_use = TaggedThread.objects.filter(tag=OuterRef("pk"), content_object__status=Status.PUBLISHED)
    tags = Tag.objects.filter(Exists(in_use), name__istartswith=text)[:MOST_TAGS]
    return [Completion("Tag", tag.name, address("tag", tag.slug)) for tag in tags]
