"""“Did this help you?”: whom we ask, about which reply, and when. Rule 11.

A day after solving or closing, once for each thread, at most once in 14 days for each customer; only where somebody
replied, and nobody who said no.
"""

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.utils import timezone

from community.members.consenting import stands
from community.members.models import Consent, Member
from community.threads.models import Post, Thread
from community.threads.models.post import PostQuerySet
from community.threads.pausing import standing_pause
from staff.models import Conversation, HelpQuestion, Message

AFTER = timedelta(hours=24)
APART = timedelta(days=14)
FORGOTTEN_AFTER = timedelta(days=30)
MOST_A_RUN = 200


def due_questions(now: datetime | None = None) -> QuerySet[Thread]:
    """Threads whose asker is to be asked, the longest solved first. Pauses and the 14 days are looked at in `ask`.

    What was solved or closed 30 days ago is left alone: nobody remembers.
    """
    now = now or timezone.now()
    ripe = {"lte": now - AFTER, "gt": now - FORGOTTEN_AFTER}
    solved = Q(**{f"question__accepted_at__{bound}": at for bound, at in ripe.items()})
    closed = Q(conversation__state=Conversation.State.CLOSED)
    closed &= Q(**{f"conversation__closed_at__{bound}": at for bound, at in ripe.items()})
    asked = Thread.objects.listed().filter(solved | closed, help_question=None)
    reachable = asked.filter(author__is_active=True, author__is_staff=False, author__is_unclaimed=False)
    return reachable.filter(author__erased_at=None).filter(_is_answered(), ~_came_along()).order_by("created_at", "pk")


def ask_what_is_due(now: datetime | None = None) -> int:
    """Put the questions that are due. Returns how many."""
    now = now or timezone.now()
    return sum(ask(pk, now=now) for pk in list(due_questions(now).values_list("pk", flat=True)[:MOST_A_RUN]))


@transaction.atomic
def ask(thread_id: int, *, now: datetime) -> bool:
    """Ask the author of one thread, unless that is no longer due, is paused, too soon, or they said no."""
    thread = due_questions(now).select_related("author").filter(pk=thread_id).first()
    if thread is None:
        return False
    member = Member.objects.select_for_update(no_key=True).get(pk=thread.author_id)  # two threads at once: one question
    if HelpQuestion.objects.filter(member=member, asked_at__gt=now - APART).exists():
        return False
    if not stands(member, Consent.Channel.MAIL, Consent.Purpose.FOLLOW_UP):
        return False
    if standing_pause(thread=thread, customer=member, now=now, by_hand_only=True):
        return False
    reply = reply_asked_about(thread)
    post, message = (reply, None) if isinstance(reply, Post) else (None, reply)
    _, is_new = HelpQuestion.objects.get_or_create(
        thread=thread,
        defaults={"member": member, "post": post, "message": message, "asked_at": now, "mail_due_at": now},
    )
    return is_new


def reply_asked_about(thread: Thread) -> Post | Message | None:
    """The accepted answer; else the company's last reply, in public or alone; else the most helpful answer."""
    others = Post.objects.published().filter(thread=thread).exclude(author=thread.author_id)
    accepted = others.filter(accepted_in__thread=thread).first()
    return accepted or _last_of_company(thread, others) or _most_helpful(others)


def _last_of_company(thread: Thread, others: PostQuerySet) -> Post | Message | None:
    post = others.official().exclude(reply__is_holding=True).order_by("-created_at").first()
    alone = Message.objects.filter(conversation__thread=thread, is_official=True, is_holding=False)
    message = alone.filter(posted_at__isnull=False).order_by("-posted_at").first()
    if post and message and message.posted_at:
        return message if message.posted_at > post.created_at else post
    return post or message


def _most_helpful(others: QuerySet[Post]) -> Post | None:
    return others.filter(kind=Post.Kind.ANSWER).order_by("-helpful_count", "created_at").first()


def _is_answered() -> Exists | Q:
    """Somebody else than the asker replied: an answer, a company word, or a message alone. Holding replies are none."""
    others = Post.objects.published().filter(thread=OuterRef("pk")).exclude(author=F("thread__author"))
    replies = others.filter(Q(kind=Post.Kind.ANSWER) | Q(is_official=True)).exclude(reply__is_holding=True)
    alone = Message.objects.filter(conversation__thread=OuterRef("pk"), is_official=True, is_holding=False)
    return Q(Exists(replies.exclude(source=Post.Source.IMPORT))) | Q(Exists(alone.filter(posted_at__isnull=False)))


def _came_along() -> Exists:
    """Brought from another community: its people asked there."""
    openings = Post.objects.filter(thread=OuterRef("pk"), kind=Post.Kind.OPENING)
    return Exists(openings.filter(source=Post.Source.IMPORT))
