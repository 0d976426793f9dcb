"""A moderator has looked at a review's signals and found nothing wrong: they are put away, and the log says so."""

from django.db import transaction
from django.utils import timezone

from community.members.models import Member
from community.threads.permissions import require
from reviews.models import Review, ReviewRecord, Signal
from reviews.recording import record


@transaction.atomic
def dismiss_signals(*, by: Member, review: Review) -> bool:
    """Put away what stands against `review`. False if nothing does. A copy found later brings a signal back."""
    require(by.is_moderator, "Only moderators decide on signals.")
    require(review.thread.author_id != by.pk, "You wrote this review yourself, so a colleague has to look at it.")
    waiting = Signal.objects.select_for_update().filter(review=review, settled_at=None)
    kinds = sorted(waiting.values_list("kind", flat=True))
    if not kinds:
        return False
    waiting.update(settled_at=timezone.now(), settled_by=by)
    record(review, ReviewRecord.Kind.KEPT, by=by, reason="Signals looked at, nothing wrong", signals=kinds)
    return True
