"""“Needs more information”: somebody who may asks back, and the question waits on who asked it."""

from uuid import UUID

from django.db import transaction
from django.utils import timezone

from community.members.models import Member
from community.notifications.models import Notification
from community.notifications.telling import tell
from community.threads.events import announce, thread_changed
from community.threads.models import Post
from community.threads.permissions import require
from community.threads.posting import add_comment
from forum.models import Question
from forum.permissions import can_ask_for_details


@transaction.atomic
def ask_for_details(*, by: Member, question: Question, what: str, submission_key: UUID | None = None) -> Post:
    """Ask `what` in a comment and let the question wait. Who asked it is told; their answer or edit ends the waiting.

    Raises PermissionDenied, TooSoon, or ValidationError (caps).
    """
    require(can_ask_for_details(by, question), "Only staff and trusted members ask for more about an open question.")
    opening = question.thread.posts.select_related("thread__author").get(kind=Post.Kind.OPENING)
    comment = add_comment(by=by, parent=opening, body=what, is_official=by.is_responder, submission_key=submission_key)
    if comment.is_published:
        _set(question, by)
        asker = opening.thread.author
        tell(member=asker, kind=Notification.Kind.NEEDS_INFO, post=comment, actor=by)
    return comment


@transaction.atomic
def enough_details(*, by: Member, question: Question) -> bool:
    """It need not wait any more. False if it does not. Raises PermissionDenied."""
    require(can_ask_for_details(by, question), "Only staff and trusted members can say so.")
    if question.needs_info_at is None:
        return False
    _set(question, None)
    return True


def _set(question: Question, by: Member | None) -> None:
    question.needs_info_by, question.needs_info_at = by, timezone.now() if by else None
    question.save(update_fields=["needs_info_by", "needs_info_at"])
    announce(thread_changed, thread_id=question.pk)
