"""Asking a question."""

from collections.abc import Iterable
from uuid import UUID

from django.db import transaction

from community.members.models import Member
from community.notifications.following import follow
from community.products.models import Product
from community.threads.models import Attachment, Category, Thread
from community.threads.posting import open_thread
from community.threads.slugs import slug_of
from forum.models import Question


@transaction.atomic
def ask_question(
    *,
    by: Member,
    category: Category,
    title: str,
    body: str,
    product: Product | None = None,
    tags: Iterable[str] = (),
    photos: Iterable[Attachment] = (),
    submission_key: UUID | None = None,
) -> Question:
    """Ask; who asks follows the answers. The same `submission_key` again returns the question it made.

    Raises PermissionDenied, TooSoon, or ValidationError (caps). It may come back held for a moderator
    (`question.thread.status`).
    """
    thread = open_thread(
        by=by,
        kind=Thread.Kind.QUESTION,
        title=title,
        body=body,
        product=product,
        tags=tags,
        photos=photos,
        submission_key=submission_key,
    )
    question, is_new = Question.objects.get_or_create(thread=thread, defaults={"category": category})
    if is_new:
        follow(by=by, thread=thread, is_automatic=True)
    return question


def asked_before(title: str, *, unless: UUID | None = None) -> Question | None:
    """A public question of the same title, whatever its capitals and punctuation; the answered and the oldest first.

    One that is linked to another leads there. `unless` is a submission key: what was made by it is no other question.
    """
    listed = Question.objects.listed().select_related("thread", "duplicate_of__thread")
    same_slug = listed.filter(thread__slug=slug_of(title))
    if unless:
        same_slug = same_slug.exclude(thread__posts__submission_key=unless)
    twins = [twin for twin in same_slug.order_by("thread__created_at")[:50] if _bare(twin.thread.title) == _bare(title)]
    first = min(twins, key=lambda twin: not twin.thread.answer_count, default=None)
    return first and (first.canonical or first)


def _bare(title: str) -> str:
    return "".join(letter for letter in title.casefold() if letter.isalnum())
