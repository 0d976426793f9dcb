"""Closing a question to further answers, and opening it again."""

from django.db import transaction
from django.utils import timezone

from community.members.models import Member
from community.threads.events import announce, thread_changed
from community.threads.models import Thread
from community.threads.permissions import require
from forum.models import Question
from forum.permissions import can_close


def close(*, by: Member, question: Question) -> bool:
    """Take no further answers and comments. False if it is closed already. Raises PermissionDenied."""
    require(can_close(by), "Only staff can close a question.")
    return _set_closed(question, True)


def reopen(*, by: Member, question: Question) -> bool:
    """Take answers again. False if it is open. Raises PermissionDenied."""
    require(can_close(by), "Only staff can open a question again.")
    return _set_closed(question, False)


@transaction.atomic
def _set_closed(question: Question, is_closed: bool) -> bool:
    changing = Thread.objects.filter(pk=question.pk, closed_at__isnull=is_closed)
    closed_at = timezone.now() if is_closed else None
    if not changing.update(closed_at=closed_at):
        return False
    question.thread.closed_at = closed_at
    announce(thread_changed, thread_id=question.pk)
    return True
