"""Which threads to look at again because time has passed, not because anything happened."""

from datetime import datetime, timedelta

from django.db.models import Exists, F, OuterRef, Q
from django.db.models.expressions import Combinable
from django.utils import timezone

from community.threads.models import Post, Status, Thread, Vote
from staff.models import Conversation, DeskSettings, Reason
from staff.triage.detectors.unanswered import PRESSING_WEIGHT

AT_ONCE = 500
DEALT_WITH = (Conversation.State.ANSWERED, Conversation.State.NO_REPLY_NEEDED, Conversation.State.CLOSED)


def threads_to_sweep(now: datetime | None = None) -> list[int]:
    """Open questions without a useful answer that may be ripe; the oldest first, at most 500 at once.

    A question's age never takes it off this list, only its reason does: raised once, and once more as pressing.
    """
    now = now or timezone.now()
    desk = DeskSettings.current()
    raised = Reason.objects.filter(conversation__thread=OuterRef("pk"), kind=Reason.Kind.UNANSWERED)
    not_pressing = raised.standing().filter(weight__lt=PRESSING_WEIGHT)
    ripe = ~Exists(raised) & Q(created_at__lt=now - timedelta(hours=desk.unanswered_hours))
    pressing = Exists(not_pressing) & Q(created_at__lt=now - timedelta(hours=desk.escalate_hours))
    # old news: brought from another community, they come to the desk only when somebody writes in them here
    came_along = Post.objects.filter(thread=OuterRef("pk"), kind=Post.Kind.OPENING, source=Post.Source.IMPORT)
    asked = Thread.objects.listed().questions().filter(closed_at=None, author__is_staff=False)
    questions = asked.filter(question__needs_info_at=None)  # who asked is asked for details first
    unhelped = questions.exclude(conversation__state__in=DEALT_WITH).filter(
        _has_no_useful_answer(), ~Exists(came_along)
    )
    return list(unhelped.filter(ripe | pressing).order_by("created_at").values_list("pk", flat=True)[:AT_ONCE])


def _has_no_useful_answer() -> Combinable | Q:
    """The detector's own definition, as the database sees it. The counter spares most threads the closer look."""
    was_unhelpful = Vote.objects.filter(post=OuterRef("pk"), member=OuterRef("thread__author"), is_helpful=False)
    answers = Post.objects.answers().filter(thread=OuterRef("pk"), status=Status.PUBLISHED)
    useful = answers.exclude(author=F("thread__author")).exclude(reply__is_holding=True).exclude(Exists(was_unhelpful))
    return Q(answer_count=0) | ~Exists(useful)
