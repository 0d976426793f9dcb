"""Which questions a reader asked for. The address says it, and this makes the addresses of the other choices."""

from dataclasses import dataclass, replace
from typing import Any, Self, cast
from urllib.parse import urlencode
from uuid import uuid4

from django.core.cache import cache
from django.core.paginator import Page, Paginator
from django.db.models import Count, Q
from django.http import Http404, QueryDict
from django.urls import reverse

from forum.models import Question, QuestionQuerySet
from forum.shelves import CATEGORY, PRODUCT, TAG, Word, find_word

QUESTIONS_A_PAGE = 20
NEWEST, ACTIVE, UNANSWERED, UNSOLVED = "newest", "active", "unanswered", "unsolved"
TABS = {NEWEST: "Newest", ACTIVE: "Active", UNANSWERED: "Unanswered", UNSOLVED: "Unsolved"}
FIELDS = {CATEGORY: "category", PRODUCT: "thread__product", TAG: "thread__tags"}
COUNTS_KEY, COUNTS_EDITION, SECONDS = "forum.counts", "forum.counts.edition", 60


@dataclass(frozen=True)
class Choice:
    """A tab, and filters that all hold at once."""

    tab: str = NEWEST
    category: Word | None = None
    product: Word | None = None
    tag: Word | None = None

    @classmethod
    def from_address(cls, query: QueryDict) -> Self:
        """What the address says; Http404 for what is not there. One query for each filter that is on no shelf."""
        tab = query.get("tab") or NEWEST
        words = {kind: find_word(kind, str(query[kind])) for kind in FIELDS if query.get(kind)}
        if tab not in TABS or None in words.values():
            raise Http404("There is no such list of questions.")
        return cls(tab=tab, **words)

    @property
    def words(self) -> list[Word]:
        return [word for word in (self.category, self.product, self.tag) if word]

    @property
    def title(self) -> str:
        """“Questions about Fell Jumper in Care and repair, tagged wool”."""
        about = f" about {self.product.name}" if self.product else ""
        inside = f" in {self.category.name}" if self.category else ""
        tagged = f" tagged {self.tag.name}" if self.tag else ""
        return f"Questions{about}{inside}{tagged}"

    @property
    def is_narrowed(self) -> bool:
        """A part of the questions only, which search engines find in the whole list."""
        return bool(self.words) or self.tab in (UNANSWERED, UNSOLVED)

    def address(self, **changes: Any) -> str:
        """A link to this list with `changes`."""
        query = replace(self, **changes).query()
        return reverse("questions") + (f"?{query}" if query else "")

    def query(self) -> str:
        """The part of an address after “?”; empty for the plain list."""
        parts = {} if self.tab == NEWEST else {"tab": self.tab}
        return urlencode(parts | {word.kind: word.slug for word in self.words})

    def page(self, number: int) -> Page:
        """Page `number`, the last one if there are fewer. One query, and that of `counts`."""
        paginator = _CountedPaginator(self._questions(), QUESTIONS_A_PAGE, self.counts()[self.tab])
        page = paginator.page(min(number, paginator.num_pages))
        chosen = Question.objects.filter(pk__in=cast(QuestionQuerySet, page.object_list).values("pk"))
        page.object_list = self._ordered(chosen.with_list_data())
        return page

    def counts(self) -> dict[str, int]:
        """How many each tab has under these filters. One query; none until a question or an answer comes or goes."""
        key = f"{COUNTS_KEY}.{'.'.join(f'{word.kind}{word.pk}' for word in self.words)}"
        kept = cache.get_many([COUNTS_EDITION, key])
        edition, counts = kept.get(COUNTS_EDITION, ""), kept.get(key)
        if counts is None or counts[COUNTS_EDITION] != edition:
            counts = self._count() | {COUNTS_EDITION: edition}
            cache.set(key, counts, SECONDS)
        return counts

    def _questions(self) -> QuestionQuerySet:
        found = self._narrowed()
        if self.tab == UNANSWERED:
            found = found.unanswered()
        if self.tab == UNSOLVED:
            found = found.unsolved()
        return self._ordered(found)

    def _ordered(self, questions: QuestionQuerySet) -> QuestionQuerySet:
        return questions.active() if self.tab == ACTIVE else questions.newest()

    def _narrowed(self) -> QuestionQuerySet:
        return Question.objects.listed().filter(**{FIELDS[word.kind]: word.pk for word in self.words})

    def _count(self) -> dict[str, Any]:
        found = self._narrowed().aggregate(
            all=Count("pk"),
            unanswered=Count("pk", filter=Q(thread__answer_count=0)),
            unsolved=Count("pk", filter=Q(accepted_post=None)),
        )
        return {
            NEWEST: found["all"],
            ACTIVE: found["all"],
            UNANSWERED: found["unanswered"],
            UNSOLVED: found["unsolved"],
        }


def forget_counts() -> None:
    """A question or an answer has come or gone: what was counted before is old, under all filters."""
    cache.set(COUNTS_EDITION, uuid4().hex, None)


def page_number(query: QueryDict) -> int:
    """What the address says after “page=”; 1 if nothing. Raises Http404 for what is no page number."""
    text = query.get("page", "1")
    if not (text.isascii() and text.isdecimal() and len(text) < 10 and int(text) > 0):
        raise Http404("There is no such page.")
    return int(text)


class _CountedPaginator(Paginator):
    """A paginator that was told how many there are."""

    def __init__(self, rows: Any, per_page: int, count: int) -> None:
        super().__init__(rows, per_page)
        self.count = count
