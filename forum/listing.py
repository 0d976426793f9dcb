"""Which questions a reader asked for. The address says it, and this makes the addresses of the other choices."""

from dataclasses import dataclass
from typing import Any, Self
from urllib.parse import urlencode

from django.core.paginator import Page, Paginator
from django.db.models import QuerySet
from django.http import Http404, QueryDict
from django.urls import reverse

from community.branding.drawing import address
from forum.models import Question, QuestionQuerySet
from forum.shelves import CATEGORY, KINDS, PRODUCT, TAG, Counts, Shelves, Word, shelves

QUESTIONS_A_PAGE = 20
NEWEST, ACTIVE, UNANSWERED, UNSOLVED, SOLVED = "newest", "active", "unanswered", "unsolved", "solved"
TABS = {
    NEWEST: "Newest",
    ACTIVE: "Active",
    UNANSWERED: "Unanswered",
    UNSOLVED: "Unsolved",
    SOLVED: "Solved",
}
PART_TABS = (UNANSWERED, UNSOLVED, SOLVED)  # a part of the questions, not another order of all
_SPOKEN = {PRODUCT: "about", CATEGORY: "in", TAG: "tagged"}
FIELDS = {CATEGORY: "category", PRODUCT: "thread__product", TAG: "thread__tags"}


@dataclass(frozen=True)
class Choice:
    """A tab, and filters that all hold at once. `shelves` says what is left; requests share it."""

    shelves: Shelves
    tab: str = NEWEST

    @classmethod
    def from_address(cls, query: QueryDict, **slugs: str) -> Self:
        """What the address says, with `slugs` by kind beside it; Http404 for what is not there. At most one query."""
        tab = query.get("tab") or NEWEST
        found = shelves({kind: str(query.get(kind, "")) for kind in KINDS} | slugs) if tab in TABS else None
        if found is None:
            raise Http404("There is no such list of questions.")
        return cls(found, tab)

    @property
    def words(self) -> list[Word]:
        return list(self.shelves.chosen.values())

    @property
    def home(self) -> Word | None:
        """The tag whose own page shows the list."""
        return None

    @property
    def title(self) -> str:
        """“Unsolved questions about Fell Jumper in Care and repair, tagged wool”."""
        chosen = self.shelves.chosen
        said = [f" {how} {chosen[kind].name}" for kind, how in _SPOKEN.items() if kind in chosen]
        first = f"{TABS[self.tab]} questions" if self.is_part else "Questions"
        return first + "".join(said)

    @property
    def is_part(self) -> bool:
        """Its tab shows some of the questions, and not all in another order."""
        return self.tab in PART_TABS

    @property
    def is_narrowed(self) -> bool:
        """A part of the questions only, which search engines find in the whole list."""
        return bool(self.words) or self.is_part

    def address(self, tab: str = "", **slugs: str) -> str:
        """A link to this list with another tab, or with another slug of a kind; an empty one takes the kind away."""
        query = self.query(tab, **slugs)
        return reverse("questions") + (f"?{query}" if query else "")

    def query(self, tab: str = "", **slugs: str) -> str:
        """The part of an address after “?”; empty for the plain list."""
        chosen = {kind: word.slug for kind, word in self.shelves.chosen.items()} | slugs
        parts = {"tab": tab or self.tab} | {kind: chosen.get(kind, "") for kind in KINDS}
        return urlencode({name: value for name, value in parts.items() if value and value != NEWEST})

    def count_in(self, counts: Counts, tab: str = "") -> int:
        """How many of those counted are in a tab: in this one, if none is named."""
        return getattr(counts, tab or self.tab, counts.all)

    def page(self, number: int) -> Page:
        """Page `number`, the last one if there are fewer. One query."""
        paginator = _CountedPaginator((), QUESTIONS_A_PAGE, self.count_in(self.shelves.counts))
        page = paginator.page(min(number, paginator.num_pages))
        page.object_list = self._rows(page.number)
        return page

    def _rows(self, number: int) -> list[Question]:
        return list(self._ordered(Question.objects.filter(pk__in=self.keys(number)).with_list_data()))

    def keys(self, number: int) -> QuerySet[Any, Any]:
        """Of the questions of a page, with which the database goes down an index until it has them."""
        first = (number - 1) * QUESTIONS_A_PAGE
        return self._ordered(self._found()).values("pk")[first : first + QUESTIONS_A_PAGE]

    def _found(self) -> QuestionQuerySet:
        found = Question.objects.listed().filter(**{FIELDS[word.kind]: word.pk for word in self.words})
        parts = {UNANSWERED: found.unanswered, UNSOLVED: found.unsolved, SOLVED: found.solved}
        return parts[self.tab]() if self.tab in parts else found

    def _ordered(self, questions: QuestionQuerySet) -> QuestionQuerySet:
        return questions.active() if self.tab == ACTIVE else questions.newest()


class TagChoice(Choice):
    """The same on a tag's own page: while nothing else is chosen, its tabs are that page's."""

    @property
    def home(self) -> Word:
        return self.shelves.chosen[TAG]

    def address(self, tab: str = "", **slugs: str) -> str:
        word = self.home
        if any(kind != TAG or slug != word.slug for kind, slug in slugs.items()):
            return super().address(tab, **slugs)
        tab = tab or self.tab
        return address("tag", word.slug) + (f"?tab={tab}" if tab != NEWEST else "")


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
