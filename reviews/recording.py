"""Writes the log of reviews (models.ReviewRecord): append-only, complete, and right whatever was lost on the way.

What a person does to a review is recorded in the transaction of the act, by `record`. What becomes of its status stands
in the opening post and in moderation's log of decisions, which are written first; `catch_up` copies from there whatever
the log lacks. It runs after every act and every event, and each hour for what a killed process left out.
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from types import MappingProxyType
from typing import Any

from django.db import transaction
from django.db.models import DateTimeField, Exists, ExpressionWrapper, F, OuterRef, Q, QuerySet
from django.utils import timezone

from community.members.models import Member
from community.moderation.models import Decision
from community.threads.models import Post, Status, Thread
from reviews.models import Review, ReviewRecord

Kind = ReviewRecord.Kind
BEGINNINGS = (Kind.WRITTEN, Kind.IMPORTED)
OF_STATUS = {
    Status.PUBLISHED: Kind.PUBLISHED,
    Status.HELD: Kind.HELD,
    Status.HIDDEN: Kind.HIDDEN,
    Status.REMOVED: Kind.REMOVED,
    Status.WITHDRAWN: Kind.WITHDRAWN,
}
_OF_ACTION = {
    Decision.Action.PUBLISH: Kind.PUBLISHED,
    Decision.Action.KEEP: Kind.KEPT,
    Decision.Action.HIDE: Kind.HIDDEN,
    Decision.Action.REMOVE: Kind.REMOVED,
    Decision.Action.RESTORE: Kind.PUBLISHED,
}
_SAME_ACT = timedelta(seconds=10)
"""A decision and the status that it sets are written one after the other in one transaction."""
_LATELY = timedelta(days=2)
"""How far back the hourly look for a lost change of status goes. Decisions are never lost, however old."""


def record(
    review: Review,
    kind: str,
    *,
    version: int | None = None,
    by: Member | None = None,
    reason: str = "",
    **evidence: Any,
) -> ReviewRecord:
    """Add one line, in the transaction of the act, and whatever became of the review's status by it.

    `evidence` is JSON: numbers of rows and hashes, never a name or an address. Of what was sent in, purchase, campaign
    and labels are added here. `version`: of the text; by itself the newest.
    """
    with transaction.atomic():
        opening = _lock(review.pk)
        known = _labels(review) if kind in BEGINNINGS else {}
        at = opening.created_at if kind == Kind.WRITTEN else timezone.now()
        line = _line(review, kind, version or opening.version, by=by, reason=reason, evidence=known | evidence, at=at)
        line.save()
        catch_up(review.pk)
    return line


@transaction.atomic
def record_imported(reviews: Sequence[Review], *, by: Member | None = None, **evidence: Any) -> None:
    """The first lines of many reviews that an import has just brought, in 3 queries; `evidence`: run, file_hash.

    Their threads are loaded. `published_at` is set for those that can be read.
    """
    now = timezone.now()
    lines = [_line(r, Kind.IMPORTED, 1, by=by, evidence=_labels(r) | evidence, at=now) for r in reviews]
    lines += [_line(r, OF_STATUS[Status(r.thread.status)], 1, at=now) for r in reviews]
    ReviewRecord.objects.bulk_create(lines, batch_size=500)
    readable = [review.pk for review in reviews if review.thread.is_published]
    for start in range(0, len(readable), 500):
        Review.objects.filter(pk__in=readable[start : start + 500], published_at=None).update(published_at=now)


@transaction.atomic
def catch_up(review_id: int) -> int:
    """Write the lines that the log of one review lacks: how it began, decisions, its status. Returns how many."""
    opening = _lock(review_id)
    review = opening.thread.review
    written = 0
    for look in (_beginning, _decisions, _status):
        for line in look(review, opening):
            line.save()
            written += 1
            if line.kind == Kind.PUBLISHED:
                Review.objects.filter(pk=review_id, published_at=None).update(published_at=line.at)
    return written


def complete_log() -> int:
    """Catch up wherever the log lacks something: what was loaded in bulk, or killed between two commits."""
    lines = ReviewRecord.objects.filter(review=OuterRef("thread"))
    has_no_beginning = _openings().filter(~Exists(lines.filter(kind__in=BEGINNINGS)))
    has_decisions = _openings().filter(pk__in=_unrecorded().values("post"))
    since = ExpressionWrapper(F("status_at") - _SAME_ACT, output_field=DateTimeField())
    lately = _openings().filter(status_at__gt=timezone.now() - _LATELY).annotate(since=since)
    untold = Q(pk__in=[])
    for status, kind in OF_STATUS.items():
        untold |= Q(~Exists(lines.filter(kind=kind, at__gte=OuterRef("since"))), status=status)
    return sum(map(_catch_up_all, (has_no_beginning, has_decisions, lately.filter(untold))))


def catch_up_for_post(post_id: int) -> int:
    """The same for the review that a post opens; nothing for any other post."""
    return _catch_up_all(_openings().filter(pk=post_id))


def catch_up_for_thread(thread_id: int) -> int:
    return _catch_up_all(_openings().filter(thread=thread_id))


def stars_at(review: Review, at: datetime) -> int:
    """How many stars `review` gave then: those that the next change replaced."""
    replaced = review.versions.filter(created_at__gt=at).order_by("created_at", "pk")
    stars = replaced.values_list("stars", flat=True).first()
    return review.stars if stars is None else stars


def _openings() -> QuerySet[Post]:
    return Post.objects.filter(
        kind=Post.Kind.OPENING, thread__kind=Thread.Kind.REVIEW, thread__review__isnull=False
    ).order_by("pk")


def _catch_up_all(openings: QuerySet[Post]) -> int:
    return sum(catch_up(pk) for pk in list(openings.values_list("thread", flat=True)))


def _lock(review_id: int) -> Post:
    """The opening post, held until the transaction ends: two that catch up write one line."""
    openings = Post.objects.select_for_update(no_key=True, of=("self",)).select_related("thread__review")
    return openings.get(thread=review_id, kind=Post.Kind.OPENING)


def _unrecorded() -> QuerySet[Decision]:
    return Decision.objects.filter(record=None).order_by("created_at", "pk")


def _beginning(review: Review, opening: Post) -> Iterator[ReviewRecord]:
    """How a review began that nobody recorded: loaded in bulk, or older than this log. The line says so."""
    if review.records.filter(kind__in=BEGINNINGS).exists():
        return
    at = opening.created_at
    kind = Kind.IMPORTED if review.imported_from else Kind.WRITTEN
    evidence = _labels(review) | {"added_later": True}
    by = None if kind == Kind.IMPORTED else opening.author
    yield _line(review, kind, 1, by=by, stars=stars_at(review, at), evidence=evidence, at=at)
    first = OF_STATUS[_first_status(opening)]
    yield _line(review, first, 1, stars=stars_at(review, at), evidence={"added_later": True}, at=at)


def _first_status(opening: Post) -> Status:
    """Published or held: what the first decision found, or what the author deleted, or what still stands."""
    first = Decision.objects.filter(post=opening).order_by("created_at", "pk").first()
    status = first.status_before if first else opening.withdrawn_from or opening.status
    return Status.HELD if status == Status.HELD else Status.PUBLISHED


def _decisions(review: Review, opening: Post) -> Iterator[ReviewRecord]:
    for decision in _unrecorded().filter(post=opening):
        at, version = decision.created_at, opening.version
        stars = decision.facts.get("stars") or stars_at(review, at)
        is_shown_again = decision.action == Decision.Action.KEEP and decision.status_before == Status.HIDDEN
        kind = Kind.PUBLISHED if is_shown_again else _OF_ACTION[Decision.Action(decision.action)]
        line = _line(review, kind, version, by=decision.moderator, reason=decision.reason, stars=stars, at=at)
        line.decision = decision
        yield line


def _status(review: Review, opening: Post) -> Iterator[ReviewRecord]:
    """What no decision set: held by screening or after mending, deleted by its author and brought back."""
    kind, at = OF_STATUS[Status(opening.status)], opening.status_at
    lines = review.records.order_by("-at", "-pk")
    latest, newest = lines.first(), lines.filter(kind__in=OF_STATUS.values()).first()
    if latest and timedelta(0) < latest.at - at < _SAME_ACT:  # the act comes before what it led to
        at = latest.at
    if newest and newest.kind == kind and newest.at >= at - _SAME_ACT:
        return
    if newest and newest.kind == kind and newest.evidence.get("added_later"):
        return
    was_withdrawn = newest is not None and newest.kind == Kind.WITHDRAWN
    by = opening.author if kind == Kind.WITHDRAWN or was_withdrawn else None
    reason = "" if kind in (Kind.PUBLISHED, Kind.WITHDRAWN) else opening.status_reason
    yield _line(review, kind, opening.version, by=by, reason=reason, at=at)


def _labels(review: Review) -> dict[str, Any]:
    """What a review is labelled by, as it stands with the line that says that it was sent in."""
    return {
        "purchase": review.purchase_id,
        "campaign": review.campaign_id,
        "incentivised": review.is_incentivised or None,
        "insider": ("staff" if review.thread.author.is_staff else "domain") if review.is_insider else None,
        "first_posted_on": review.imported_from or None,
    }


def _line(
    review: Review,
    kind: str,
    version: int,
    *,
    by: Member | None = None,
    reason: str = "",
    stars: int | None = None,
    evidence: Mapping[str, Any] = MappingProxyType({}),
    at: datetime | None = None,
) -> ReviewRecord:
    return ReviewRecord(
        review=review,
        kind=kind,
        stars=review.stars if stars is None else stars,
        version=version,
        actor=by,
        reason=reason[:200],
        evidence={name: value for name, value in evidence.items() if value is not None},
        at=at or timezone.now(),
    )
