"""Linking a question to the one that answers it already. Both stay as they are and can be read."""

from typing import Any
from urllib.parse import urlsplit

from django.core.exceptions import ValidationError
from django.db import transaction
from django.urls import Resolver404, resolve
from django.utils import timezone

from community.members.models import Member
from community.notifications.models import Notification
from community.notifications.telling import tell
from community.search.similar import similar_threads
from community.threads.events import announce, thread_changed
from community.threads.models import Post
from community.threads.permissions import require
from forum.models import Question
from forum.permissions import can_link
from forum.standing import LARGEST_PK

MOST_FOUND = 8
MOST_WORDS = 8
SENTENCE = "Only moderators and members at trust level 3 link a question to another."


@transaction.atomic
def mark_duplicate(*, by: Member, question: Question, of: Question) -> bool:
    """Link `question` to `of`, or to where `of` itself is linked. False if it is linked there already.

    What was linked to `question` goes along. Raises PermissionDenied, or ValidationError for a question that is not
    public, or that leads back here.
    """
    require(can_link(by, question), SENTENCE)
    question, canonical = _locked(question.pk), _end_of(of, start=question)
    if question.duplicate_of_id == canonical.pk:
        return False
    told = {"duplicate_of": canonical, "duplicate_by": by, "duplicate_at": timezone.now()}
    Question.objects.filter(pk=question.pk).update(**told)
    Question.objects.filter(duplicate_of=question.pk).update(duplicate_of=canonical)
    announce(thread_changed, thread_id=question.pk)
    opening = Post.objects.select_related("thread").get(thread=canonical.pk, kind=Post.Kind.OPENING)
    tell(member=question.thread.author, kind=Notification.Kind.DUPLICATE, post=opening, actor=by)
    return True


@transaction.atomic
def unmark_duplicate(*, by: Member, question: Question) -> bool:
    """Take the link back. False if there is none. Raises PermissionDenied."""
    require(can_link(by, question), SENTENCE)
    linked = Question.objects.filter(pk=question.pk, duplicate_of__isnull=False)
    if not linked.update(duplicate_of=None, duplicate_by=None, duplicate_at=None):
        return False
    announce(thread_changed, thread_id=question.pk)
    return True


def question_at(address: str) -> Question | None:
    """The public question whose address, permalink or number somebody pasted; None if it is no such thing."""
    number = address.strip().removeprefix("#")
    if number.isascii() and number.isdecimal():
        return _listed(thread=min(int(number[:19]), LARGEST_PK))
    try:
        path = urlsplit(address.strip()).path
        match = resolve(path)
    except (Resolver404, ValueError):  # no page of this site; no address at all
        return None
    pk = min(match.kwargs.get("pk", 0), LARGEST_PK)
    if match.url_name == "post":
        return _listed(thread__posts=pk)
    return _listed(thread=pk) if match.route.startswith("questions/<int:pk>/") else None


def candidates_for(question: Question, text: str = "") -> list[Question]:
    """At most eight public questions with all words of `text` in their title or much like it; solved ones first.

    Without `text` those like the question itself. At most 4 queries.
    """
    like = similar_threads(text or question.thread.title, limit=MOST_FOUND, exclude=question.thread)
    found = [*_titled(text), *(thread.question for thread in like if hasattr(thread, "question"))]
    others = [one for one in dict.fromkeys(found) if one.pk != question.pk]
    return sorted(others, key=lambda one: not one.is_solved)[:MOST_FOUND]


def _titled(text: str) -> list[Question]:
    words = text.split()[:MOST_WORDS]
    named = Question.objects.listed().with_state()
    for word in words:
        named = named.filter(thread__title__icontains=word)
    return list(named.newest()[: MOST_FOUND + 1]) if words else []


def _listed(**where: Any) -> Question | None:
    return Question.objects.listed().with_state().filter(**where).first()


def _locked(pk: int) -> Question:
    questions = Question.objects.select_for_update(of=("self",), no_key=True)
    return questions.select_related("thread__author").get(pk=pk)


def _end_of(question: Question, *, start: Question) -> Question:
    """Where the links from `question` end; refused if they lead to `start`, or to what nobody can read."""
    seen, next_pk = {start.pk}, question.pk
    while next_pk is not None:
        if next_pk in seen:
            raise ValidationError("That question is this one, or is itself linked to it. Choose another.")
        seen.add(next_pk)
        question = Question.objects.select_related("thread").get(pk=next_pk)
        next_pk = question.duplicate_of_id
    if not question.thread.is_published:
        raise ValidationError("That question can't be read by everybody. Choose another.")
    return question
