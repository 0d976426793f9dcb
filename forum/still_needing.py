"""“I still need help”: who asked says, after answers came, what is missing."""

from uuid import UUID

from django.db import transaction
from django.utils import timezone

from community.members.models import Member
from community.threads.events import announce, thread_changed
from community.threads.models import Post
from community.threads.permissions import require
from community.threads.posting import add_comment
from forum.closing import reopen
from forum.models import Question
from forum.permissions import can_still_need


@transaction.atomic
def still_need_help(*, by: Member, question: Question, missing: str, submission_key: UUID | None = None) -> Post:
    """Put the question back among those that need an answer, with a comment that says what is `missing`.

    What had closed by itself is open again. Saying it twice adds a comment. An accepted answer stays accepted.
    Raises PermissionDenied, TooSoon, or ValidationError (caps).
    """
    require(can_still_need(by, question), "Only who asked can say this, once somebody has answered.")
    if question.thread.is_closed:
        reopen(by=by, question=question)
    opening = question.thread.posts.select_related("thread").get(kind=Post.Kind.OPENING)
    comment = add_comment(by=by, parent=opening, body=missing, submission_key=submission_key)
    if question.still_needed_at is None:
        _set(question, timezone.now())
    return comment


@transaction.atomic
def need_no_more(*, by: Member, question: Question) -> bool:
    """Take it back. False if it does not stand. Raises PermissionDenied."""
    require(by.pk == question.thread.author_id or by.is_moderator, "Only who asked can take this back.")
    if question.still_needed_at is None:
        return False
    _set(question, None)
    return True


def _set(question: Question, at: object) -> None:
    Question.objects.filter(pk=question.pk).update(still_needed_at=at)
    question.refresh_from_db(fields=["still_needed_at"])
    announce(thread_changed, thread_id=question.pk)
