"""Which conversations to look at again because time has passed, not because anything happened."""

from datetime import UTC, datetime, timedelta

from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.db.models.expressions import Combinable
from django.utils import timezone

from community.threads.models import Post, Status, Thread, Vote
from staff.clocks.hours import hours_now
from staff.models import Conversation, DeskSettings, Message, Reason, Reply
from staff.triage.detectors.promised import WORKING_DAY, promising_words
from staff.triage.detectors.unanswered import PRESSING_WEIGHT, WEIGHT

AT_ONCE = 500
DEALT_WITH = (Conversation.State.ANSWERED, Conversation.State.NO_REPLY_NEEDED, Conversation.State.CLOSED)
LOOKED_BACK = timedelta(days=60)
EVER = datetime(1970, 1, 1, tzinfo=UTC)
PROMISES_KEPT_IN_MIND = timedelta(days=14)
JUST_NOW = timedelta(days=3)
"""A glance asks only for what has become ripe since, however many thousands wait already; a sweep asks for all."""


def threads_to_sweep(now: datetime | None = None, *, glance: bool = False) -> list[int]:
    """Open questions without a useful answer that are ripe by business time; the oldest first, at most 500 at once.

    A question's age never takes it off this list, only its reason does: raised once, and once more as pressing.
    """
    now = now or timezone.now()
    desk = DeskSettings.current()
    weight = desk.weights.get(Reason.Kind.UNANSWERED, WEIGHT)
    if weight == 0:
        return []
    raised = Reason.objects.filter(conversation__thread=OuterRef("pk"), kind=Reason.Kind.UNANSWERED)
    not_pressing = raised.standing().filter(weight__lt=max(1, PRESSING_WEIGHT + weight - WEIGHT))
    ripe = ~Exists(raised) & _asked_by(desk.unanswered_hours, now, glance)
    pressing = Exists(not_pressing) & _asked_by(desk.escalate_hours, now, glance)
    # old news: brought from another community, they come to the desk only when somebody writes in them here
    came_along = Post.objects.filter(thread=OuterRef("pk"), kind=Post.Kind.OPENING, source=Post.Source.IMPORT)
    asked = Thread.objects.listed().questions().filter(closed_at=None, author__is_staff=False)
    questions = asked.filter(question__needs_info_at=None)  # who asked is asked for details first
    unhelped = questions.exclude(conversation__state__in=DEALT_WITH).filter(
        _has_no_useful_answer(), ~Exists(came_along)
    )
    oldest = unhelped.filter(ripe | pressing).order_by("created_at")
    return list(oldest.values_list("pk", flat=True)[:AT_ONCE])


def _asked_by(hours: int, now: datetime, glance: bool) -> Q:
    """Asked, or told in full, so many business hours ago; the night and the weekend bring nobody here."""
    moment = hours_now().before(now - LOOKED_BACK, now, hours * 60)
    if moment is None:
        return Q(pk=None)
    since = moment - JUST_NOW if glance else EVER
    asked = Q(created_at__range=(since, moment), question__details_at=None)
    return asked | Q(question__details_at__range=(since, moment))


def _has_no_useful_answer() -> Combinable | Q:
    """The detector's own definition, as the database sees it. The counter spares most threads the closer look."""
    was_unhelpful = Vote.objects.filter(post=OuterRef("pk"), member=OuterRef("thread__author"), is_helpful=False)
    answers = Post.objects.answers().filter(thread=OuterRef("pk"), status=Status.PUBLISHED)
    useful = answers.exclude(author=F("thread__author")).exclude(reply__is_holding=True).exclude(Exists(was_unhelpful))
    return Q(answer_count=0) | ~Exists(useful)


def conversations_to_sweep(now: datetime | None = None, *, glance: bool = False) -> list[Conversation]:
    """In which we promised to come back, a working day ago or more, and have not written since; at most 500."""
    now = now or timezone.now()
    due = hours_now().before(now - LOOKED_BACK, now, WORKING_DAY / timedelta(minutes=1))
    if due is None:
        return []
    span = (due - JUST_NOW if glance else now - PROMISES_KEPT_IN_MIND, due)
    posts = Reply.objects.filter(post__created_at__range=span, **_AT_REST).values_list("conversation", "post__body")
    messages = Message.objects.filter(is_official=True, posted_at__range=span, **_AT_REST)
    said = [*_unraised(posts, "post"), *_unraised(messages.values_list("conversation", "body"), "pk")]
    promised = {conversation for conversation, body in said if promising_words(body)}
    return list(Conversation.objects.filter(pk__in=promised).order_by("pk")[:AT_ONCE])


_AT_REST = {"conversation__state": Conversation.State.ANSWERED}


def _unraised(said: QuerySet, key: str) -> QuerySet:
    field = "post" if key == "post" else "message"
    raised = Reason.objects.filter(kind=Reason.Kind.PROMISED, **{field: OuterRef(key)})
    return said.filter(~Exists(raised))
