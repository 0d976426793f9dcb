"""The self-check against suppression: what became of the reviews sent in, and how soon, by the stars they then gave.

Read from the log: stars are those of the line “Sent in”. Imported reviews are counted apart, as nobody here waited.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from statistics import median, quantiles

from django.db.models import OuterRef, QuerySet, Subquery

from community.products.models import Product
from community.threads.models import Post, Status
from reviews.chance import Finding, same_shares, same_waits, wilson_interval
from reviews.models import ReviewRecord

Kind = ReviewRecord.Kind
STARS = (5, 4, 3, 2, 1)
UNLIKELY = 0.05


@dataclass(frozen=True)
class Sent:
    """One review that was sent in. `reason`: for which it stands refused or removed."""

    review: int
    stars: int
    at: datetime
    published_at: datetime | None
    status: str
    reason: str

    @property
    def wait(self) -> timedelta | None:
        """From sending in to first being readable."""
        return max(self.published_at - self.at, timedelta(0)) if self.published_at else None


OUTCOMES: dict[str, tuple[str, Callable[[Sent], bool]]] = {
    "sent": ("Sent in", lambda one: True),
    "published": ("Published", lambda one: one.status == Status.PUBLISHED),
    "refused": ("Refused or removed", lambda one: one.status == Status.REMOVED),
    "hidden": ("Hidden by reports", lambda one: one.status == Status.HIDDEN),
    "waiting": ("Waiting", lambda one: one.status == Status.HELD),
    "withdrawn": ("Deleted by its author", lambda one: one.status == Status.WITHDRAWN),
}


@dataclass(frozen=True)
class Line:
    """One star's row, or that of all (stars 0)."""

    stars: int
    sent: Sequence[Sent]

    def count(self, outcome: str) -> int:
        return sum(map(OUTCOMES[outcome][1], self.sent))

    def reasons(self, reason: str) -> int:
        return sum(one.reason == reason for one in self.sent)

    @property
    def approved(self) -> int:
        """Published, or it was until its author deleted it."""
        was_published = [one for one in self.sent if one.status == Status.WITHDRAWN and one.published_at]
        return self.count("published") + len(was_published)

    @property
    def decided(self) -> int:
        """All but those that wait, or that their author deleted while they waited."""
        return self.approved + self.count("refused") + self.count("hidden")

    @property
    def share(self) -> float | None:
        return self.approved / self.decided if self.decided else None

    @property
    def interval(self) -> tuple[float, float]:
        return wilson_interval(self.approved, self.decided)

    @property
    def waits(self) -> list[float]:
        """In seconds, of those that have appeared."""
        return [one.wait.total_seconds() for one in self.sent if one.wait is not None]

    @property
    def median_wait(self) -> timedelta | None:
        return timedelta(seconds=median(self.waits)) if self.waits else None

    @property
    def late_wait(self) -> timedelta | None:
        """Nine in ten had appeared by then."""
        waits = self.waits
        if len(waits) < 2:
            return timedelta(seconds=waits[0]) if waits else None
        return timedelta(seconds=quantiles(waits, n=10, method="inclusive")[-1])


@dataclass(frozen=True)
class Report:
    """`lines`: 5 stars first, then 4, 3, 2, 1; `total`: all of them. `imported`: how many came with an import."""

    lines: Sequence[Line]
    total: Line
    imported: int

    @property
    def shares_test(self) -> Finding | None:
        return same_shares([(line.approved, line.decided - line.approved) for line in self.lines])

    @property
    def waits_test(self) -> Finding | None:
        return same_waits([line.waits for line in self.lines])


def report(since: datetime, until: datetime, product: Product | None = None) -> Report:
    """On the reviews sent in from `since` up to `until`. 2 queries."""
    sent = sent_in(since, until, product)
    lines = [Line(stars, [one for one in sent if one.stars == stars]) for stars in STARS]
    return Report(lines, Line(0, sent), _begun(Kind.IMPORTED, since, until, product).count())


def sent_in(since: datetime, until: datetime, product: Product | None = None) -> list[Sent]:
    openings = Post.objects.filter(thread=OuterRef("review"), kind=Post.Kind.OPENING)
    removals = ReviewRecord.objects.filter(review=OuterRef("review"), kind=Kind.REMOVED).order_by("-at", "-pk")
    lines = _begun(Kind.WRITTEN, since, until, product).annotate(
        status=Subquery(openings.values("status")[:1]), why=Subquery(removals.values("reason")[:1])
    )
    rows = lines.order_by("-at", "-pk").values_list(
        "review", "stars", "at", "review__published_at", "status", "why", named=True
    )
    return [
        Sent(
            row.review,
            row.stars,
            row.at,
            row.review__published_at,
            row.status,
            (row.why or "") if row.status == Status.REMOVED else "",
        )
        for row in rows
    ]


def _begun(kind: str, since: datetime, until: datetime, product: Product | None) -> QuerySet[ReviewRecord]:
    lines = ReviewRecord.objects.filter(kind=kind, at__gte=since, at__lt=until)
    return lines.filter(review__thread__product=product) if product else lines


def in_words(found: Report) -> list[str]:
    """What the figures say, in a sentence each on shares and on waiting, with the test that says it."""
    return [_shares_in_words(found), _waits_in_words(found)]


def is_uneven(found: Report) -> bool:
    """Is any difference between stars larger than chance would make it?"""
    return any(test is not None and test.p < UNLIKELY for test in (found.shares_test, found.waits_test))


def _shares_in_words(found: Report) -> str:
    test = found.shares_test
    if not found.total.decided:
        return "Nothing has been decided on yet."
    if test is None:
        return "All stars fared alike: there is no difference in what was published."
    if test.p >= UNLIKELY:
        return (
            "What was published differs between stars no more than chance would make it "
            f"({test.name}, p = {test.p:.2f})."
        )
    told = [line for line in found.lines if line.decided]
    least, most = min(told, key=lambda line: line.share or 0), max(told, key=lambda line: line.share or 0)
    return (
        f"Of {_stars(least.stars)} reviews {percent(least.share or 0)} were published, of {_stars(most.stars)} "
        f"reviews {percent(most.share or 0)}. Chance alone makes such a difference "
        f"{_odds(test.p)} ({test.name}, {_p(test.p)}). "
        "Read the refusals, and see whether each reason holds for every star alike."
    )


def _waits_in_words(found: Report) -> str:
    test = found.waits_test
    if test is None or test.p >= UNLIKELY:
        known = f" ({test.name}, p = {test.p:.2f})" if test else ""
        return f"How soon reviews appeared does not depend on their stars, as far as the figures tell{known}."
    told = [line for line in found.lines if line.waits]
    soon = min(told, key=lambda line: sum(line.waits) / len(line.waits))
    late = max(told, key=lambda line: sum(line.waits) / len(line.waits))
    return (
        f"{_stars(late.stars).capitalize()} reviews waited longest, {_stars(soon.stars)} reviews least. Chance "
        f"alone makes such a difference {_odds(test.p)} ({test.name}, {_p(test.p)}). See what they waited for."
    )


def _stars(number: int) -> str:
    return f"{number}-star"


def percent(share: float) -> str:
    """“96 %”; near either end with a decimal, and never 100 % or 0 % for what is not all or nothing."""
    if share in (0, 1) or 0.01 <= share < 0.99:
        return f"{100 * share:.0f} %"
    return f"{min(max(100 * share, 0.1), 99.9):.1f} %"


def _odds(p: float) -> str:
    return f"about once in {round(1 / p):,} times" if p > 0.0001 else "less than once in 10,000 times"


def _p(p: float) -> str:
    return f"p = {p:.4f}" if p >= 0.0001 else "p < 0.0001"
