"""One search: asked of the index, read from the database. So nothing hidden is shown, however old the index may be."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from math import ceil

from django.core.paginator import Page, Paginator
from django.db.models import Case, F, IntegerField, Q, QuerySet, Value, When, Window
from django.db.models.functions import RowNumber
from django.utils.safestring import SafeString
from haystack.exceptions import SearchBackendError
from haystack.inputs import Raw
from haystack.models import SearchResult
from haystack.query import SearchQuerySet

from community.products.models import Product
from community.search.filters import FIELDS, NEWEST, Filters
from community.search.search_indexes import PRODUCT
from community.search.snippets import marked, snippet
from community.search.wording import Wanted
from community.threads.models import Post, Thread
from community.threads.rendering import plain_text

PER_PAGE = 20
LAST_PAGE = 50
FEW = 5  # fewer results than these with all of the words: also show what has some
SHORTEST_PART = 3
MOST_HELD = 6  # words, the longest, by which the post to show is chosen


@dataclass(frozen=True)
class Result:
    """One thing found: a thread, with the post that shows why, or a product."""

    row: Thread | Product
    title: SafeString
    about: SafeString  # the product, or a product's category
    snippet: SafeString
    post: Post | None = None

    @property
    def kind(self) -> str:
        return self.row.kind if isinstance(self.row, Thread) else PRODUCT

    @property
    def address(self) -> str:
        """Where the words are: the post itself, if it isn't the first one."""
        is_below = self.post is not None and not self.post.is_opening
        return self.post.get_absolute_url() if is_below and self.post else self.row.get_absolute_url()

    @property
    def state(self) -> str:
        """Of a question: solved, answered, needs-answer."""
        question = getattr(self.row, "question", None)
        return question.state if question else ""

    @property
    def where(self) -> str:
        """Whose words the snippet is, if not the opening's. A reviewer may have chosen not to be named."""
        if self.post is None or self.post.is_opening:
            return ""
        if self.post.is_official:
            return "Company reply"
        is_reviewer = self.kind == Thread.Kind.REVIEW and self.post.author_id == self.post.thread.author_id
        return f"{self.post.get_kind_display()} by {'the reviewer' if is_reviewer else self.post.author.name}"


@dataclass(frozen=True)
class Findings:
    """`counts` says for each field of the index how many results every choice there would bring."""

    page: Page
    counts: dict[str, Counter[str]] = field(default_factory=dict)
    is_loose: bool = False
    is_broken: bool = False

    @property
    def total(self) -> int:
        return self.page.paginator.count


def find(wanted: Wanted, filters: Filters | None = None, *, number: int = 1) -> Findings:
    """A page of what everybody may find. At most three queries. A page past the end is the last one."""
    filters = filters or Filters()
    if wanted.is_empty:
        return Findings(_page([], 1, 0))
    try:
        query, is_loose = _query(wanted, filters)
        matches = _matches(query, filters)
        number = min(max(number, 1), LAST_PAGE)
        found, hits = _page_of(matches, number)
        last = ceil(hits / PER_PAGE) or 1
        if number > last:
            number, (found, hits) = last, _page_of(matches, last)
        counts = {name: Counter(dict(found)) for name, found in matches.facet_counts()["fields"].items()}
    except SearchBackendError:
        return Findings(_page([], 1, 0), is_broken=True)
    results, lost = _read(found, wanted.stems)
    if filters.sort == NEWEST:  # the index knows days only
        results.sort(key=lambda result: result.row.created_at, reverse=True)
    shown = min(hits - lost.total(), LAST_PAGE * PER_PAGE)
    return Findings(_page(results, number, shown), counts | {"kind": counts["kind"] - lost}, is_loose)


def has_results(wanted: Wanted) -> bool:
    """Does anything hold what is wanted, as far as the index knows? No query."""
    try:
        return not wanted.is_empty and _hits(wanted.most()) > 0
    except SearchBackendError:
        return False


def _query(wanted: Wanted, filters: Filters) -> tuple[str, bool]:
    """The query to use, and whether nothing is closer. By date nothing weak may come first: so all words, if can be."""
    if filters.sort == NEWEST and _hits(wanted.strict()) >= FEW:
        return wanted.strict(), False
    hits = _hits(wanted.most())
    if hits >= FEW or not wanted.may_be_loosened:
        return wanted.most(), False
    return wanted.loose(), hits == 0


def _hits(query: str) -> int:
    """How many there are. Brings the first page along, which the engine then remembers."""
    return _page_of(_matches(query, Filters()), 1)[1]


def _page_of(matches: SearchQuerySet, number: int) -> tuple[list[SearchResult], int]:
    """One page, and how many there are in all; counted first, the engine would put all of them in order."""
    found = list(matches[(number - 1) * PER_PAGE : number * PER_PAGE])
    return found, int(matches.count())


def _matches(query: str, filters: Filters) -> SearchQuerySet:
    found = SearchQuerySet().filter(content=Raw(query))
    for name in FIELDS.values():
        found = found.facet(name)
    for narrowing in filters.narrowings():
        found = found.narrow(narrowing)
    return found.order_by("-day") if filters.sort == NEWEST else found


def _read(found: list[SearchResult], stems: frozenset[str]) -> tuple[list[Result], Counter[str]]:
    """The rows behind the matches, in their order, and how many of which kind can't be shown any more."""
    keys = {name: [int(one.pk) for one in found if one.model_name == name] for name in ("thread", "product")}
    threads = Thread.objects.listed().select_related("product", "author", "question", "review").in_bulk(keys["thread"])
    products = Product.objects.with_list_data().in_bulk(keys["product"]) if keys["product"] else {}
    posts = {post.thread_id: post for post in _best_posts(threads, stems)} if threads else {}
    results, lost = [], Counter[str]()
    for one in found:
        key = int(one.pk)
        if one.model_name == "product" and key in products:
            results.append(_product_result(products[key], stems))
        elif one.model_name == "thread" and key in threads and key in posts:
            results.append(_thread_result(threads[key], posts[key], stems))
        else:
            lost[one.kind] += 1
    return results, lost


def _best_posts(thread_ids: Iterable[int], stems: frozenset[str]) -> QuerySet[Post]:
    """Of each thread the published post that holds most of the words; of equals the opening, then the oldest."""
    posts = Post.objects.published().filter(thread__in=list(thread_ids))
    telling = sorted(map(_beginning, stems), key=lambda part: (-len(part), part))[:MOST_HELD]
    held = sum(map(_holds, telling), Value(0))
    best = Window(RowNumber(), partition_by=F("thread"), order_by=[held.desc(), F("kind").desc(), F("pk").asc()])
    return posts.annotate(place=best).filter(place=1).select_related("author", "thread")


def _holds(part: str) -> Case:
    return Case(When(Q(body__icontains=part), then=1), default=0, output_field=IntegerField())


def _beginning(stem: str) -> str:
    """What a word of this stem begins with, whatever its ending: “happi” stands for happy and happier."""
    return stem.removesuffix("i") if len(stem) > SHORTEST_PART else stem


def _thread_result(thread: Thread, post: Post, stems: frozenset[str]) -> Result:
    about = marked(thread.product.name if thread.product else "", stems)
    return Result(thread, marked(thread.title, stems), about, snippet(plain_text(post.body_html), stems), post)


def _product_result(product: Product, stems: frozenset[str]) -> Result:
    about, text = marked(product.category.name, stems), " ".join(product.description.split())
    return Result(product, marked(product.name, stems), about, snippet(text, stems))


def _page(results: list[Result], number: int, total: int) -> Page:
    return Page(results, number, Paginator(range(total), PER_PAGE))
