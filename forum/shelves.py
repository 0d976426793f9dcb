"""What a list of questions can be narrowed by, and how many questions each choice would leave."""

from collections.abc import Mapping
from hashlib import sha256
from typing import Any, NamedTuple

from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.core.validators import validate_unicode_slug
from django.db import connection
from django.db.models import Case, F, When

from community.products.models import Product
from community.threads.kept import kept
from community.threads.models import Category, Tag, TaggedThread
from forum.models import IS_UNANSWERED, IS_UNSOLVED, Question

CATEGORY, PRODUCT, TAG = "category", "product", "tag"
KINDS = (CATEGORY, PRODUCT, TAG)
MOST_SHOWN = {CATEGORY: 40, PRODUCT: 10, TAG: 20}
LARGE, SECONDS = 5000, 60  # where a shelf counts so many questions, it is counted once a minute

_SLUG_OF = {CATEGORY: "category__slug", PRODUCT: "thread__product__slug", TAG: "thread__tags__slug"}
_PARTS = {"unanswered": IS_UNANSWERED, "unsolved": IS_UNSOLVED, "solved": ~IS_UNSOLVED}
_SUMS = "COUNT(f.of_thread) AS number, " + ", ".join(f"COALESCE(SUM(f.{part}), 0)" for part in _PARTS)
_COUNTED = {
    CATEGORY: """SELECT 'category', c.id, c.slug, c.name, c.description, c.position, {sums}
        FROM {category} c LEFT JOIN ({found}) f ON f.in_category = c.id GROUP BY c.id""",
    PRODUCT: """SELECT * FROM (SELECT 'product', p.id, p.slug, p.name, '', 0, {sums}
        FROM ({found}) f JOIN {product} p ON p.id = f.of_product
        GROUP BY p.id ORDER BY number DESC, p.id LIMIT {limit}) AS of_products""",
    TAG: """SELECT * FROM (SELECT 'tag', w.id, w.slug, w.name, '', 0, {sums}
        FROM ({found}) f JOIN {taggedthread} g ON g.content_object_id = f.of_thread JOIN {tag} w ON w.id = g.tag_id
        GROUP BY w.id ORDER BY number DESC, w.id LIMIT {limit}) AS of_tags""",
}
_TOTAL = "SELECT 'all', 0, '', '', '', 0, {sums} FROM ({found}) f"
_CHOSEN = "SELECT 'chosen {kind}', id, slug, name, {text}, 0, 0, 0, 0, 0 FROM {table} WHERE slug = %s"
_MARK = "chosen "
_TABLES = {model.__name__.lower(): model._meta.db_table for model in (Category, Product, Tag, TaggedThread)}


class Counts(NamedTuple):
    """How many questions there are, and how many of them are in each part."""

    all: int
    unanswered: int
    unsolved: int
    solved: int


class Word(NamedTuple):
    """One thing to narrow a list by. `text` is what a category's description says."""

    kind: str
    pk: int
    slug: str
    name: str
    text: str


class Shelves(NamedTuple):
    """What is chosen, what it leaves, and by what it can be narrowed further: each word with what it would leave."""

    chosen: dict[str, Word]
    counts: Counts
    words: dict[str, list[tuple[Word, Counts]]]


def shelves(slugs: Mapping[str, str]) -> Shelves | None:
    """For the words chosen: their slugs by kind. None if there is no such word. At most one query.

    Subjects are counted as if none were chosen, so that one can change over; of tags those that go with the chosen.
    """
    wanted = {kind: slugs[kind] for kind in KINDS if slugs.get(kind)}
    if not all(_is_slug(slug) for slug in wanted.values()):
        return None
    key = ("shelves", *sorted(wanted.items()))
    found = kept.get(key, lambda: _recall(key) or _remember(key, _count(wanted)))
    return found if set(found.chosen) == set(wanted) else None


def _recall(key: tuple[Any, ...]) -> Shelves | None:
    """What was counted less than a minute ago, where counting is slow."""
    known: Shelves | None = cache.get(_name_of(key))
    return known


def _remember(key: tuple[Any, ...], found: Shelves) -> Shelves:
    if sum(counts.all for words in found.words.values() for _, counts in words) >= LARGE:
        cache.set(_name_of(key), found, SECONDS)
    return found


def _name_of(key: tuple[Any, ...]) -> str:
    return f"forum.{sha256(repr(key).encode()).hexdigest()}"


def _count(wanted: dict[str, str]) -> Shelves:
    with connection.cursor() as cursor:
        cursor.execute(*_query(wanted))
        rows = cursor.fetchall()
    chosen = {word.kind: word for word in (_word(row) for row in rows if row[0].startswith(_MARK))}
    counts = next(Counts(*map(int, row[6:])) for row in rows if row[0] == "all")
    return Shelves(chosen, counts, {kind: _ranked(rows, kind, chosen) for kind in KINDS})


def _query(wanted: dict[str, str]) -> tuple[str, list[Any]]:
    """One query for all: what is chosen, the total, and each kind's words. By hand, as the ORM gives no part of a
    union a limit on SQLite."""
    parts = [_chosen(kind, slug) for kind, slug in wanted.items()] + [_counting(_TOTAL, wanted)]
    for kind in KINDS:
        others = {other: slug for other, slug in wanted.items() if other != kind or kind != CATEGORY}
        parts.append(_counting(_COUNTED[kind], others, MOST_SHOWN[kind] + 1))
    return "\nUNION ALL\n".join(sql for sql, _ in parts), [value for _, values in parts for value in values]


def _chosen(kind: str, slug: str) -> tuple[str, list[Any]]:
    text = "description" if kind == CATEGORY else "''"
    return _CHOSEN.format(kind=kind, text=text, table=_TABLES[kind]), [slug]


def _counting(select: str, wanted: dict[str, str], limit: int = 0) -> tuple[str, list[Any]]:
    """`select` over the questions that fit `wanted`, each marked with the parts it is in."""
    marks = {part: Case(When(is_so, then=1), default=0) for part, is_so in _PARTS.items()}
    questions = Question.objects.listed().filter(**{_SLUG_OF[kind]: slug for kind, slug in wanted.items()})
    rows = questions.values(in_category=F("category"), of_product=F("thread__product"), of_thread=F("pk"), **marks)
    found, values = rows.query.sql_with_params()
    return select.format(found=found, sums=_SUMS, limit=limit, **_TABLES), list(values)


def _word(row: tuple[Any, ...]) -> Word:
    return Word(row[0].removeprefix(_MARK), *row[1:5])


def _ranked(rows: list[tuple[Any, ...]], kind: str, chosen: dict[str, Word]) -> list[tuple[Word, Counts]]:
    """Categories in their order; of the others the commonest first. The chosen one is there in any case."""
    mine = [
        (row[5], -row[6], row[3].casefold(), _word(row), Counts(*map(int, row[6:]))) for row in rows if row[0] == kind
    ]
    found = [(word, counts) for *_, word, counts in sorted(mine)][: MOST_SHOWN[kind] + 1]
    if kind in chosen and chosen[kind] not in [word for word, _ in found]:
        found = [(chosen[kind], Counts(0, 0, 0, 0)), *found]
    return found


def _is_slug(text: str) -> bool:
    try:
        validate_unicode_slug(text)
    except ValidationError:
        return False
    return len(text) <= 120
