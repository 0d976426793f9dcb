"""Writes the log of reviews (models.ReviewRecord): append-only, in the transaction of what it tells of."""

from typing import Any

from community.members.models import Member
from reviews.models import Review, ReviewRecord


def record(
    review: Review, kind: str, *, version: int, by: Member | None = None, reason: str = "", **evidence: Any
) -> ReviewRecord:
    """Add one line. `evidence` is JSON: numbers of rows and hashes, never a name or an address."""
    return ReviewRecord.objects.create(
        review=review,
        kind=kind,
        stars=review.stars,
        version=version,
        actor=by,
        reason=reason[:200],
        evidence={name: value for name, value in evidence.items() if value is not None},
    )
