"""What who asks is shown before they post: questions much like theirs, and the products they seem to mean."""

import re
from collections.abc import Iterable
from functools import reduce
from operator import or_
from typing import NamedTuple

from django.db.models import Q

from community.products.models import Product
from community.search.similar import similar_threads
from community.threads.models import Thread
from forum.models import Question

SHORTEST = 10  # characters of a title
MOST_QUESTIONS, MOST_PRODUCTS = 5, 3
CHOICES = 12
LOOKED_AT = 300
MOST_WORDS = 6
_WORD = re.compile(r"\w{3,}")


class Suggestions(NamedTuple):
    questions: list[Question]
    products: list[Product]


def suggestions_for(title: str) -> Suggestions:
    """At most five listed questions, solved ones first, and three products. Nothing below ten characters. 3 queries."""
    if len(title.strip()) < SHORTEST:
        return Suggestions([], [])
    threads = similar_threads(title, limit=MOST_QUESTIONS, kind=Thread.Kind.QUESTION)
    questions = [thread.question for thread in threads if hasattr(thread, "question")]
    for question, thread in zip(questions, threads, strict=False):
        question.thread = thread
    return Suggestions(questions, products_meant(title))


def products_meant(title: str, most: int = MOST_PRODUCTS) -> list[Product]:
    """Products on sale that `title` names with at least half of their words, the fullest match first. One query."""
    words = _words(title)
    if not words:
        return []
    named = reduce(or_, (Q(name__icontains=word) for word in words))
    shares = [(_share(product.name, words), product) for product in Product.objects.on_sale().filter(named)[:LOOKED_AT]]
    meant = sorted((-share, product.name, product.pk) for share, product in shares if share >= 0.5)
    by_pk = {product.pk: product for _, product in shares}
    return [by_pk[pk] for _, _, pk in meant[:most]]


def products_called(text: str, most: int = CHOICES) -> list[Product]:
    """Products whose name, number or category has all words of `text`; first those that begin with it. One query."""
    start = text.strip().casefold()
    products = Product.objects.select_related("category").order_by("is_discontinued", "name")
    for word in start.split()[:MOST_WORDS]:
        in_category = Q(category__name__icontains=word)
        products = products.filter(Q(name__icontains=word) | Q(sku__istartswith=word) | in_category)
    found = sorted(products[:LOOKED_AT], key=lambda product: not f" {product.name.casefold()}".count(f" {start}"))
    return found[:most]


def _words(text: str) -> list[str]:
    return list(dict.fromkeys(_WORD.findall(text.casefold())))[:20]


def _share(name: str, words: Iterable[str]) -> float:
    """How much of a product's name is among `words`."""
    own = _words(name)
    return sum(word in words for word in own) / len(own) if own else 0
