"""Saying which answer solved a question, and taking it back. Some categories take several solutions."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from community.members.models import Member
from community.notifications.models import Notification
from community.notifications.telling import tell
from community.threads.events import announce, thread_changed
from community.threads.models import Post
from community.threads.permissions import require
from forum.models import AlsoAccepted, Question
from forum.permissions import can_accept, can_unaccept

MOST_ACCEPTED = 5


@transaction.atomic
def accept(*, by: Member, post: Post) -> bool:
    """Make `post` the accepted answer, in place of any other, or beside it where the category takes several.

    False if it is already. Two people at once come one after the other: the later one wins, or hears that the asker
    has chosen. Raises PermissionDenied.
    """
    question, post = _lock(post)
    is_first = question.accepted_post_id == post.pk and can_unaccept(by, question, question.accepted_by_id)
    if is_first or AlsoAccepted.objects.filter(post=post).exists():
        return False
    require(can_accept(by, question, post), _refusal(by, question, post))
    if question.is_solved and question.category.allows_several_accepted:
        _add(question, post, by)
    else:
        _settle(question, post, by)
    tell(member=post.author, kind=Notification.Kind.ACCEPTED, post=post, actor=by)
    return True


@transaction.atomic
def unaccept(*, by: Member, post: Post) -> bool:
    """Take back that `post` is an accepted answer. False if it is not. Raises PermissionDenied."""
    question, post = _lock(post)
    other = AlsoAccepted.objects.filter(post=post).first()
    if other is None and question.accepted_post_id != post.pk:
        return False
    accepted_by = other.accepted_by_id if other else question.accepted_by_id
    require(can_unaccept(by, question, accepted_by), "Only who asked, staff and trusted members can take this back.")
    _take_away(question, post.pk)
    return True


@transaction.atomic
def drop_unreadable_answer(*, post_id: int) -> bool:
    """A question isn't solved by what nobody can read any more. False if `post_id` solved none, or can be read."""
    thread_id = Post.objects.filter(pk=post_id).values("thread")
    question = Question.objects.select_for_update(of=("self",)).filter(thread__in=thread_id).first()
    if question is None or Post.objects.published().filter(pk=post_id).exists():
        return False
    return _take_away(question, post_id)


def _take_away(question: Question, post_id: int) -> bool:
    """The oldest of the others comes first in its place."""
    others = AlsoAccepted.objects.filter(question=question).order_by("accepted_at", "pk")
    if question.accepted_post_id != post_id:
        is_gone = bool(others.filter(post=post_id).delete()[0])
        if is_gone:
            announce(thread_changed, thread_id=question.pk)
        return is_gone
    heir = others.select_related("post", "accepted_by").first()
    if heir is None:
        _settle(question, None, None)
        return True
    post, by, at = heir.post, heir.accepted_by, heir.accepted_at
    heir.delete()
    _settle(question, post, by, at=at)
    return True


def _lock(post: Post) -> tuple[Question, Post]:
    """Both rows as they stand now, held until the end: nobody accepts another or hides this meanwhile."""
    questions = Question.objects.select_for_update(of=("self",), no_key=True)
    question = questions.select_related("thread__author", "category").get(pk=post.thread_id)
    posts = Post.objects.select_for_update(of=("self",), no_key=True)
    return question, posts.select_related("author", "thread").get(pk=post.pk)


def _settle(question: Question, post: Post | None, by: Member | None, *, at: datetime | None = None) -> None:
    question.accepted_post, question.accepted_by = post, by
    question.accepted_at = (at or timezone.now()) if post else None
    if post:
        question.still_needed_at = question.needs_info_at = question.needs_info_by = None
    state = ["still_needed_at", "needs_info_at", "needs_info_by"]
    question.save(update_fields=["accepted_post", "accepted_by", "accepted_at", *state])
    announce(thread_changed, thread_id=question.pk)


def _add(question: Question, post: Post, by: Member) -> None:
    is_room = question.also_accepted.count() < MOST_ACCEPTED - 1
    require(is_room, f"{MOST_ACCEPTED} answers are accepted already. Take one back first.")
    AlsoAccepted.objects.create(post=post, question=question, accepted_by=by)
    Question.objects.filter(pk=question.pk).update(still_needed_at=None)
    announce(thread_changed, thread_id=question.pk)


def _refusal(by: Member, question: Question, post: Post) -> str:
    if not post.is_published or post.kind != Post.Kind.ANSWER:
        return "Only an answer that everybody can read can be accepted."
    asker = question.thread.author.name
    if question.still_needed_at:
        return f"{asker}, who asked, still needs help."
    if question.is_solved and question.accepted_by_id == question.thread.author_id:
        return f"{asker}, who asked, has chosen another answer."
    if post.author_id == by.pk:
        return "You can't accept your own answer to somebody else's question."
    return "Only who asked, staff and trusted members can accept an answer."
