"""Answering a question."""

from collections.abc import Iterable
from uuid import UUID

from django.db import transaction

from community.members.models import Member
from community.notifications.following import follow
from community.threads.models import Attachment, Post
from community.threads.posting import add_answer
from forum.models import Question


@transaction.atomic
def answer_question(
    *,
    by: Member,
    question: Question,
    body: str,
    photos: Iterable[Attachment] = (),
    submission_key: UUID | None = None,
    source: str = Post.Source.PAGE,
) -> Post:
    """Answer; who answers follows the question. What staff answer is the company's word and marked so.

    The same `submission_key` again returns the answer it made. Raises PermissionDenied (closed, not public), TooSoon,
    or ValidationError (caps).
    """
    answer = add_answer(
        by=by,
        thread=question.thread,
        body=body,
        photos=photos,
        is_official=by.is_responder,
        submission_key=submission_key,
        source=source,
    )
    follow(by=by, thread=question.thread, is_automatic=True)
    return answer
