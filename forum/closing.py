"""Closing a question to further answers, by hand or by itself once solved and quiet, and opening it again."""

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from community.members.models import Member
from community.threads.events import announce, thread_changed
from community.threads.models import Category, Thread
from community.threads.permissions import require
from forum.models import Question
from forum.permissions import can_close, can_reopen

AT_ONCE = 200


def close(*, by: Member, question: Question) -> bool:
    """Take no further answers and comments. False if it is closed already. Raises PermissionDenied."""
    require(can_close(by), "Only staff can close a question.")
    return _set_closed(question, timezone.now(), by)


def reopen(*, by: Member, question: Question) -> bool:
    """Take answers again. False if it is open. Raises PermissionDenied.

    What closed by itself is opened by who asked and by trusted members too.
    """
    if question.thread.closed_at is None and can_close(by):
        return False
    require(can_reopen(by, question), "Only staff can open a question again that staff closed.")
    return _set_closed(question, None, None)


def close_quiet_ones(now: datetime | None = None) -> int:
    """Close what is solved and has been quiet for as long as its category says. Nobody is told. At most 200 a run."""
    now, closed = now or timezone.now(), 0
    for category in Category.objects.filter(closes_after_days__isnull=False):
        since = now - timedelta(days=category.closes_after_days or 0)
        quiet = Question.objects.listed().solved().filter(category=category, thread__closed_at=None)
        is_old = Q(reopened_at=None) | Q(reopened_at__lt=since)
        due = quiet.filter(is_old, thread__last_post_at__lt=since, accepted_at__lt=since).select_related("thread")
        for question in due.order_by("pk")[: AT_ONCE - closed]:
            closed += _set_closed(question, now, None)
    return closed


@transaction.atomic
def _set_closed(question: Question, at: datetime | None, by: Member | None) -> bool:
    changing = Thread.objects.filter(pk=question.pk, closed_at__isnull=at is not None)
    if not changing.update(closed_at=at):
        return False
    question.thread.closed_at, question.closed_by = at, by
    question.reopened_at = None if at else timezone.now()
    question.save(update_fields=["closed_by", "reopened_at"])
    announce(thread_changed, thread_id=question.pk)
    return True
