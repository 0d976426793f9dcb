"""Which of a product's reviews a reader asked for: read from the address, with the addresses of all other choices."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any, NamedTuple, Self
from urllib.parse import urlencode

from django.db.models import Exists, OuterRef, QuerySet
from django.http import QueryDict

from community.threads.models import Attachment, Post, Status, Thread
from reviews.finding import LONGEST, pieces
from reviews.models import RatingSummary, ReviewAttribute

PER_PAGE = 10
HELPFUL_FIRST = ("-thread__helpful_score", "-thread__created_at", "-thread_id")  # in the order of an index: no sorting
SORTS: dict[str, tuple[str, tuple[str, ...]]] = {
    "helpful": ("Most helpful", HELPFUL_FIRST),
    "newest": ("Newest", ("-thread__created_at", "-thread_id")),  # likewise
    "oldest": ("Oldest", ("thread__created_at", "thread_id")),
    "highest": ("Highest", ("-thread__review__stars", *HELPFUL_FIRST)),
    "lowest": ("Lowest", ("thread__review__stars", *HELPFUL_FIRST)),
    "photos": ("With photos", ("-has_photo", *HELPFUL_FIRST)),
}
DEFAULT_SORT = "helpful"
HAS_PHOTO = Exists(Attachment.objects.filter(post=OuterRef("pk")))


class Said(NamedTuple):
    """One step of one attribute, as a filter: `name` is what an address says, `words` what a person reads."""

    attribute: int
    name: str
    words: str


def said(attribute: ReviewAttribute, value: int) -> Said:
    """“fit-1” and “Fit: Runs small” for a step that has words; “Fit: 2 of 5” for one between."""
    words = {1: attribute.low_label, 3: attribute.middle_label, 5: attribute.high_label}.get(value)
    return Said(attribute.pk, f"{attribute.slug}-{value}", f"{attribute.name}: {words or f'{value} of 5'}")


@dataclass(frozen=True)
class Choice:
    """Filters that all hold at once, and an order. What makes no sense in an address is passed over."""

    stars: int | None = None
    is_verified: bool = False
    has_photos: bool = False
    said: tuple[Said, ...] = ()
    q: str = ""
    sort: str = DEFAULT_SORT

    @classmethod
    def from_address(cls, query: QueryDict, attributes: Iterable[ReviewAttribute] = ()) -> Self:
        """`attributes` are those that the product's reviews speak of; one step of each can be asked for."""
        stars, sort, q = query.get("stars", ""), query.get("sort", ""), " ".join(query.get("q", "").split())[:LONGEST]
        steps = {step.name: step for one in attributes for step in (said(one, value) for value in range(1, 6))}
        asked = {steps[name].attribute: steps[name] for name in query.getlist("attribute") if name in steps}
        return cls(
            stars=int(stars) if stars in {"1", "2", "3", "4", "5"} else None,
            is_verified=query.get("verified") == "1",
            has_photos=query.get("photos") == "1",
            said=tuple(asked.values()),
            q=q if pieces(q) else "",
            sort=sort if sort in SORTS else DEFAULT_SORT,
        )

    @property
    def is_filtered(self) -> bool:
        return bool(self.stars or self.is_verified or self.has_photos or self.said or self.q)

    @property
    def is_plain(self) -> bool:
        """The list that search engines are shown."""
        return self == Choice()

    @property
    def in_words(self) -> str:
        """“4 stars, verified purchase, with photos, Fit: Runs small, with the words “zip””."""
        return ", ".join(words for words, _ in self._filters())

    def parameters(self, **changes: Any) -> list[tuple[str, str]]:
        """Name and value of all that an address says of this choice with `changes`; nothing for what goes without."""
        new = replace(self, **changes)
        parts = [("stars", str(new.stars or "")), ("verified", "1" * new.is_verified), ("photos", "1" * new.has_photos)]
        parts += [("attribute", step.name) for step in new.said]
        parts += [("q", new.q), ("sort", "" if new.sort == DEFAULT_SORT else new.sort)]
        return [(name, value) for name, value in parts if value]

    def query(self, **changes: Any) -> str:
        """The part of an address after “?”, with `changes` made to this choice. Ends in “&” unless empty, for page=."""
        parts = self.parameters(**changes)
        return urlencode(parts) + "&" if parts else ""

    def address(self, **changes: Any) -> str:
        """A link from the product's page to this list with `changes`."""
        return f"?{self.query(**changes).rstrip('&')}#reviews"

    @property
    def plain_address(self) -> str:
        """The same order without a filter."""
        return Choice(sort=self.sort).address()

    @property
    def beside_q(self) -> list[tuple[str, str]]:
        """What the form that looks words up sends along."""
        return self.parameters(q="")

    def openings(self, product: Any) -> QuerySet[Post]:
        """The opening posts of the reviews of `product` (or OuterRef) that it leaves, in no order.

        Stars mean those of the histogram, which has no insiders; so do attributes.
        """
        openings = openings_of(product)
        if self.stars:
            openings = openings.filter(thread__review__stars=self.stars)
        if self.stars or self.said:
            openings = openings.filter(thread__review__is_insider=False)
        if self.is_verified:
            openings = openings.filter(thread__review__purchase__isnull=False)
        if self.has_photos:
            openings = openings.filter(HAS_PHOTO)
        for step in self.said:
            rated = {"attribute": step.attribute, "value": int(step.name.rpartition("-")[2])}
            openings = openings.filter(**{f"thread__review__attribute_ratings__{key}": of for key, of in rated.items()})
        for piece in pieces(self.q):
            openings = openings.filter(thread__review__words__text__contains=piece)
        return openings

    def in_order(self, openings: QuerySet[Post]) -> QuerySet[Post]:
        if self.sort == "photos":
            openings = openings.annotate(has_photo=HAS_PHOTO)
        return openings.order_by(*SORTS[self.sort][1])

    def star_links(self, rating: RatingSummary) -> list[dict[str, Any]]:
        """The five bars of the histogram, best first; a chosen bar's link takes the filter away."""
        return [
            {
                "stars": stars,
                "count": count,
                "share": rating.share_of(stars),
                "url": self.address(stars=None if stars == self.stars else stars),
                "current": stars == self.stars,
            }
            for stars, count in rating.histogram.items()
        ]

    def step_link(self, step: Said) -> dict[str, Any]:
        """What leads to those who said so too; a chosen step's link takes the filter away."""
        others = tuple(one for one in self.said if one.attribute != step.attribute)
        is_chosen = step in self.said
        return {"url": self.address(said=others if is_chosen else (*others, step)), "current": is_chosen}

    def filter_links(self) -> list[dict[str, Any]]:
        """What is chosen, each to be taken away, then what can be added with one click."""
        chosen = [
            {"label": words, "url": self.address(**without), "current": True, "count": None}
            for words, without in self._filters()
        ]
        if not self.is_verified:
            chosen.append(_offer("Verified purchase", self.address(is_verified=True)))
        if not self.has_photos:
            chosen.append(_offer("With photos", self.address(has_photos=True)))
        return chosen

    def sort_links(self) -> list[dict[str, Any]]:
        return [
            {"label": label, "url": self.address(sort=name), "current": name == self.sort}
            for name, (label, _) in SORTS.items()
        ]

    def _filters(self) -> list[tuple[str, dict[str, Any]]]:
        """Each filter that holds: in words, and what of this choice changes to take it away."""
        filters: list[tuple[str, dict[str, Any]]] = []
        if self.stars:
            filters.append((f"{self.stars} star{'s'[: self.stars > 1]}", {"stars": None}))
        if self.is_verified:
            filters.append(("Verified purchase", {"is_verified": False}))
        if self.has_photos:
            filters.append(("With photos", {"has_photos": False}))
        filters += [(step.words, {"said": tuple(one for one in self.said if one != step)}) for step in self.said]
        if self.q:
            filters.append((f"“{self.q}”", {"q": ""}))
        return filters


def openings_of(product: Any) -> QuerySet[Post]:
    """The opening posts of all reviews that the page of `product` (or OuterRef) lists."""
    return Post.objects.filter(
        kind=Post.Kind.OPENING,
        status=Status.PUBLISHED,
        thread__kind=Thread.Kind.REVIEW,
        thread__status=Status.PUBLISHED,
        thread__product=product,
    )


def _offer(label: str, url: str) -> dict[str, Any]:
    return {"label": label, "url": url, "current": False, "count": None}
