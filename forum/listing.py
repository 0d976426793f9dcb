"""Which questions a reader asked for. The address says it, and this makes the addresses of the other choices."""

from dataclasses import dataclass, replace
from typing import Any, NamedTuple, Self
from urllib.parse import urlencode

from django.core.paginator import Page, Paginator
from django.db.models import Count, Func, IntegerField, Q, Subquery
from django.http import Http404, QueryDict
from django.urls import reverse

from forum.models import Question, QuestionQuerySet
from forum.shelves import CATEGORY, PRODUCT, TAG, Shelves, Word, find_word, shelves

QUESTIONS_A_PAGE = 20
NEWEST, ACTIVE, UNANSWERED, UNSOLVED = "newest", "active", "unanswered", "unsolved"
TABS = {NEWEST: "Newest", ACTIVE: "Active", UNANSWERED: "Unanswered", UNSOLVED: "Unsolved"}
FIELDS = {CATEGORY: "category", PRODUCT: "thread__product", TAG: "thread__tags"}


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

    def page(self, number: int) -> "ListPage":
        """Page `number`, the last one if there are fewer. One query; a page that is not there costs two more."""
        rows = self._rows(number)
        counts = _counts_in(rows[0]) if rows else self._count()
        paginator = _CountedPaginator(rows, QUESTIONS_A_PAGE, counts[self.tab])
        page = paginator.page(min(number, paginator.num_pages))
        page.object_list = rows if page.number == number else self._rows(page.number)
        return ListPage(page, counts, shelves())

    def _rows(self, number: int) -> list[Question]:
        """The questions of a page, and with each how many every tab has: so that this takes no query of its own."""
        first = (number - 1) * QUESTIONS_A_PAGE
        chosen = self._ordered(self._in_tab(self.tab)).values("pk")[first : first + QUESTIONS_A_PAGE]
        rows = Question.objects.filter(pk__in=chosen).with_list_data().annotate(**self._counting())
        return list(self._ordered(rows))

    def _counting(self) -> dict[str, Any]:
        return {f"in_{tab}": _number_of(self._in_tab(tab)) for tab in TABS}

    def _count(self) -> dict[str, int]:
        found = self._in_tab(NEWEST)
        unanswered, unsolved = Q(thread__answer_count=0), Q(accepted_post=None)
        number = {UNANSWERED: Count("pk", filter=unanswered), UNSOLVED: Count("pk", filter=unsolved)}
        counts = found.aggregate(number=Count("pk"), **number)
        return counts | {NEWEST: counts["number"], ACTIVE: counts["number"]}

    def _in_tab(self, tab: str) -> QuestionQuerySet:
        found = Question.objects.listed().filter(**{FIELDS[word.kind]: word.pk for word in self.words})
        if tab == UNANSWERED:
            return found.unanswered()
        return found.unsolved() if tab == UNSOLVED else found

    def _ordered(self, questions: QuestionQuerySet) -> QuestionQuerySet:
        return questions.active() if self.tab == ACTIVE else questions.newest()


class ListPage(NamedTuple):
    """One page of a list, how many questions each tab has, and what the list can be narrowed by."""

    page: Page
    counts: dict[str, int]
    shelves: Shelves


def page_number(query: QueryDict) -> int:
    """What the address says after “page=”; 1 if nothing. Raises Http404 for what is no page number."""
    text = query.get("page", "1")
    if not (text.isascii() and text.isdecimal() and len(text) < 10 and int(text) > 0):
        raise Http404("There is no such page.")
    return int(text)


def _counts_in(row: Question) -> dict[str, int]:
    return {tab: vars(row)[f"in_{tab}"] for tab in TABS}


def _number_of(questions: QuestionQuerySet) -> Subquery:
    """How many `questions` are, as a subquery that the database runs once: a Count would group them."""
    number = Func("pk", function="COUNT", output_field=IntegerField())
    return Subquery(questions.order_by().annotate(number=number).values("number"))


class _CountedPaginator(Paginator):
    """A paginator that was told how many there are."""

    def __init__(self, rows: Any, per_page: int, count: int) -> None:
        super().__init__(rows, per_page)
        self.count = count
