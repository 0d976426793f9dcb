"""An update: what a reviewer adds later, dated, to what they said. The review itself stays as it was."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.formats import date_format

from community.members.models import Member
from community.threads.forms import REVIEW_BODY_LIMITS
from community.threads.models import Attachment, Post, Status, Thread
from community.threads.models.post import PostQuerySet
from community.threads.permissions import can_update, require
from community.threads.posting import add_update as post_update
from reviews.models import Review, ReviewRecord
from reviews.recording import record

SOONEST = timedelta(days=30)
"""After the review, and after the update before: what changed sooner is an edit."""
AT_MOST = 10
NOT_YOURS = "Only its author can add to a review, while it is published."
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
        openings = Post.objects.select_for_update(no_key=True, of=("self",)).select_related("thread")
        opening = openings.get(thread=review.pk, kind=Post.Kind.OPENING)
        require(can_update(by, opening.thread), NOT_YOURS)
        made = _made_by(by, opening.thread, submission_key, body)
        if made:
            return made
        if refusal := why_not_now(opening.thread):
            raise ValidationError(refusal)
        update = post_update(by=by, thread=opening.thread, body=body, photos=photos, submission_key=submission_key)
        record(review, ReviewRecord.Kind.UPDATED, by=by, update=update.pk)
    return update


def updates_of(thread: Thread) -> PostQuerySet:
    """Those that stand or wait, oldest first; not what its author took back."""
    updates: PostQuerySet = thread.posts.filter(kind=Post.Kind.UPDATE)
    return updates.exclude(status=Status.WITHDRAWN)


def why_not_now(thread: Thread) -> str:
    """A sentence that says why nothing can be added to a review yet; empty if it can. One query."""
    said = [thread.created_at, *updates_of(thread).values_list("created_at", flat=True)]
    if len(said) > AT_MOST:
        return f"A review takes at most {AT_MOST} updates. You can change one of them instead."
    if timezone.now() < max(said) + SOONEST:
        day = date_format(timezone.localtime(max(said) + SOONEST), "j F Y")
        return (
            f"You can add an update from {day}, {SOONEST.days} days after what you wrote last. Until then, change it."
        )
    return ""


def can_update_from(member: Any, thread: Thread, last_said: datetime) -> datetime | None:
    """From when `member` may add to their review, whose newest words are of `last_said`; None: not at all. No query."""
    return last_said + SOONEST if can_update(member, thread) else None


def age_in_words(since: datetime, at: datetime) -> str:
    """“Update after 7 months”, “Update after 2 years”: how long after the review, in whole months or years."""
    days = max(1, (at - since).days)
    months = round(days / DAYS_IN_A_MONTH)
    number, unit = (months // 12, "year") if months >= 24 else (months, "month") if months else (days, "day")
    return f"Update after {number} {unit}{'s'[: number > 1]}"


def _made_by(by: Member, thread: Thread, key: UUID | None, body: str) -> Post | None:
    """What the other click of a double click has just added."""
    same = {"submission_key": key, "body": body, "kind": Post.Kind.UPDATE}
    return thread.posts.filter(author=by, **same).first() if key else None
