"""Saying which answer solved a question, and taking it back."""

from django.db import transaction
from django.utils import timezone

from community.members.models import Member
from community.notifications.models import Notification
from community.notifications.telling import tell
from community.threads.events import announce, thread_changed
from community.threads.models import Post
from community.threads.permissions import require
from forum.models import Question
from forum.permissions import can_accept, can_unaccept


@transaction.atomic
def accept(*, by: Member, post: Post) -> bool:
    """Make `post` the accepted answer, in place of any other. False if it is already. Raises PermissionDenied.

    Two people at once come one after the other: the later one wins, or hears that the asker has chosen.
    """
    question, post = _lock(post)
    if question.accepted_post_id == post.pk and can_unaccept(by, question):
        return False
    require(can_accept(by, question, post), _refusal(by, question, post))
    _settle(question, post, by)
    tell(member=post.author, kind=Notification.Kind.ACCEPTED, post=post, actor=by)
    return True


@transaction.atomic
def unaccept(*, by: Member, post: Post) -> bool:
    """Take back that `post` is the accepted answer. False if it is not. Raises PermissionDenied."""
    question, post = _lock(post)
    if question.accepted_post_id != post.pk:
        return False
    require(can_unaccept(by, question), "Only who asked, staff and trusted members can take this back.")
    _settle(question, None, None)
    return True


@transaction.atomic
def drop_unreadable_answer(*, post_id: int) -> bool:
    """A question isn't solved by what nobody can read any more. False if `post_id` solved none, or can be read."""
    question = Question.objects.select_for_update(of=("self",)).filter(accepted_post=post_id).first()
    if question is None or Post.objects.published().filter(pk=post_id).exists():
        return False
    _settle(question, None, None)
    return True


def _lock(post: Post) -> tuple[Question, Post]:
    """Both rows as they stand now, held until the end: nobody accepts another or hides this meanwhile."""
    questions = Question.objects.select_for_update(of=("self",), no_key=True)
    question = questions.select_related("thread__author").get(pk=post.thread_id)
    posts = Post.objects.select_for_update(of=("self",), no_key=True)
    return question, posts.select_related("author", "thread").get(pk=post.pk)


def _settle(question: Question, post: Post | None, by: Member | None) -> None:
    question.accepted_post, question.accepted_by = post, by
    question.accepted_at = timezone.now() if post else None
    question.save(update_fields=["accepted_post", "accepted_by", "accepted_at"])
    announce(thread_changed, thread_id=question.pk)


def _refusal(by: Member, question: Question, post: Post) -> str:
    if not post.is_published or post.kind != Post.Kind.ANSWER:
        return "Only an answer that everybody can read can be accepted."
    if question.is_solved and question.accepted_by_id == question.thread.author_id:
        return f"{question.thread.author.name}, who asked, has chosen another answer."
    if post.author_id == by.pk:
        return "You can't accept your own answer to somebody else's question."
    return "Only who asked, staff and trusted members can accept an answer."
