"""An update: what a reviewer adds later, dated, to what they said. The review itself stays as it was."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from community.members.models import Member
from community.threads.forms import REVIEW_BODY_LIMITS
from community.threads.models import Attachment, Post, Status
from community.threads.permissions import can_update
from community.threads.posting import add_update as post_update
from reviews.models import Review, ReviewRecord
from reviews.recording import record

SOONEST = timedelta(days=30)
"""After the review, and after the update before: what changed sooner is an edit."""
AT_MOST = 10
DAYS_IN_A_MONTH = 30.44


def add_update(
    *, by: Member, review: Review, body: str, photos: Iterable[Attachment] = (), submission_key: UUID | None = None
) -> Post:
    """Add to one's own published review what time has shown, at the earliest 30 days after what one said last.

    The same `submission_key` makes one update. Raises PermissionDenied, TooSoon, or ValidationError.
    """
    shortest, longest = REVIEW_BODY_LIMITS
    if not shortest <= len(body.strip()) <= longest:
        raise ValidationError({"body": f"Write between {shortest} and {longest:,} characters."})
    with transaction.atomic():
        opening = (
            Post.objects.select_for_update(no_key=True, of=("self",))
            .select_related("thread")
            .get(thread=review.pk, kind=Post.Kind.OPENING)
        )
        is_sent_again = submission_key is not None and by.posts.filter(submission_key=submission_key).exists()
        refusal = "" if is_sent_again else why_not_now(by, review)
        if refusal:
            raise ValidationError(refusal)
        update = post_update(by=by, thread=opening.thread, body=body, photos=photos, submission_key=submission_key)
        if not is_sent_again:
            record(review, ReviewRecord.Kind.UPDATED, version=opening.version, by=by, update=update.pk)
    return update


def updates_of(review: Review) -> Any:
    """All that stand or wait, oldest first; not what its author took back."""
    return review.thread.posts.filter(kind=Post.Kind.UPDATE).exclude(status=Status.WITHDRAWN)


def why_not_now(member: Any, review: Review) -> str:
    """A sentence that says why `member` can't add to `review` yet; empty if they can. At most 2 queries."""
    if not can_update(member, review.thread):
        return "Only its author can add to a review, while it is published."
    said = [review.thread.created_at, *updates_of(review).values_list("created_at", flat=True)]
    if len(said) > AT_MOST:
        return f"A review takes at most {AT_MOST} updates. You can change one of them instead."
    if timezone.now() < max(said) + SOONEST:
        return f"You can add an update {SOONEST.days} days after what you wrote last. Until then, change your review."
    return ""


def can_add_update(member: Any, review: Review) -> bool:
    return not why_not_now(member, review)


def age_in_words(since: datetime, at: datetime) -> str:
    """“Update after 7 months”, “Update after 2 years”: how long after the review, in whole months or years."""
    months = round((at - since).days / DAYS_IN_A_MONTH)
    if months < 1:
        days = max(1, (at - since).days)
        return f"Update after {days} day{'s'[: days > 1]}"
    number, unit = (months // 12, "year") if months >= 24 else (months, "month")
    return f"Update after {number} {unit}{'s'[: number > 1]}"
