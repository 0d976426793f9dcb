"""Which of a product's reviews a reader asked for: read from the address, with the addresses of all other choices."""

from dataclasses import dataclass, replace
from typing import Any, Self
from urllib.parse import urlencode

from django.db.models import Exists, OuterRef, QuerySet
from django.http import QueryDict

from community.threads.models import Attachment, Post, Status, Thread

PER_PAGE = 10
HELPFUL_FIRST = ("-thread__helpful_score", "-thread__created_at", "-thread_id")
SORTS: dict[str, tuple[str, tuple[str, ...]]] = {
    "helpful": ("Most helpful", HELPFUL_FIRST),
    "newest": ("Newest", ("-thread__created_at", "-thread_id")),  # in the order of an index: no sorting
    "oldest": ("Oldest", ("thread__created_at", "thread_id")),
    "highest": ("Highest", ("-thread__review__stars", *HELPFUL_FIRST)),
    "lowest": ("Lowest", ("thread__review__stars", *HELPFUL_FIRST)),
}
DEFAULT_SORT = "helpful"


@dataclass(frozen=True)
class Choice:
    """Filters that all hold at once, and an order. What makes no sense in an address is passed over."""

    stars: int | None = None
    is_verified: bool = False
    has_photos: bool = False
    sort: str = DEFAULT_SORT

    @classmethod
    def from_address(cls, query: QueryDict) -> Self:
        stars, sort = query.get("stars", ""), query.get("sort", "")
        return cls(
            stars=int(stars) if stars in {"1", "2", "3", "4", "5"} else None,
            is_verified=query.get("verified") == "1",
            has_photos=query.get("photos") == "1",
            sort=sort if sort in SORTS else DEFAULT_SORT,
        )

    @property
    def is_filtered(self) -> bool:
        return bool(self.stars or self.is_verified or self.has_photos)

    @property
    def is_plain(self) -> bool:
        """The list that search engines are shown."""
        return self == Choice()

    @property
    def in_words(self) -> str:
        """“4 stars, verified purchase, with photos”."""
        stars = self.stars and f"{self.stars} star{'s'[: self.stars > 1]}"
        words = [stars, self.is_verified and "verified purchase", self.has_photos and "with photos"]
        return ", ".join(word for word in words if word)

    def query(self, **changes: Any) -> str:
        """The part of an address after “?”, with `changes` made to this choice. Ends in “&” unless empty, for page=."""
        new = replace(self, **changes)
        parts: dict[str, Any] = {"stars": new.stars, "verified": int(new.is_verified), "photos": int(new.has_photos)}
        parts = {name: value for name, value in parts.items() if value}
        if new.sort != DEFAULT_SORT:
            parts["sort"] = new.sort
        return urlencode(parts) + "&" if parts else ""

    def address(self, **changes: Any) -> str:
        """A link from the product's page to this list with `changes`."""
        return f"?{self.query(**changes).rstrip('&')}#reviews"

    @property
    def plain_address(self) -> str:
        """The same order without a filter."""
        return self.address(stars=None, is_verified=False, has_photos=False)

    def openings(self, product: Any) -> QuerySet[Post]:
        """The opening posts of the reviews of `product` (or OuterRef) that it leaves, in no order.

        Stars mean those of the histogram, which has no insiders.
        """
        openings = Post.objects.filter(
            kind=Post.Kind.OPENING,
            status=Status.PUBLISHED,
            thread__kind=Thread.Kind.REVIEW,
            thread__status=Status.PUBLISHED,
            thread__product=product,
        )
        if self.stars:
            openings = openings.filter(thread__review__stars=self.stars, thread__review__is_insider=False)
        if self.is_verified:
            openings = openings.filter(thread__review__purchase__isnull=False)
        if self.has_photos:
            openings = openings.filter(Exists(Attachment.objects.filter(post=OuterRef("pk"))))
        return openings

    def in_order(self, openings: QuerySet[Post]) -> QuerySet[Post]:
        return openings.order_by(*SORTS[self.sort][1])

    def star_links(self, counts: dict[int, int]) -> list[dict[str, Any]]:
        """The five bars of the histogram, best first: `counts` by stars; a chosen bar's link takes the filter away."""
        total = sum(counts.values())
        return [
            {
                "stars": stars,
                "count": counts[stars],
                "share": round(100 * counts[stars] / total) if total else 0,
                "url": self.address(stars=None if stars == self.stars else stars),
                "current": stars == self.stars,
            }
            for stars in (5, 4, 3, 2, 1)
        ]

    def filter_links(self) -> list[dict[str, Any]]:
        verified = self.address(is_verified=not self.is_verified)
        photos = self.address(has_photos=not self.has_photos)
        links = [
            {"label": "Verified purchase", "url": verified, "current": self.is_verified, "count": None},
            {"label": "With photos", "url": photos, "current": self.has_photos, "count": None},
        ]
        if self.stars:
            label = f"{self.stars} star{'s'[: self.stars > 1]}"
            links.insert(0, {"label": label, "url": self.address(stars=None), "current": True, "count": None})
        return links

    def sort_links(self) -> list[dict[str, Any]]:
        return [
            {"label": label, "url": self.address(sort=name), "current": name == self.sort}
            for name, (label, _) in SORTS.items()
        ]
