"""Three days after the answers came, who asked is asked once whether one of them helped."""

from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone

from community.notifications.models import Notification
from community.notifications.telling import tell
from community.threads.models import Post
from forum.models import Question

AFTER = timedelta(days=3)
NOT_AFTER = timedelta(days=30)  # nobody wants to hear of it later
AT_ONCE = 200


def nudge_askers(now: datetime | None = None) -> int:
    """Ask each asker whose question has answers, none accepted, and has been quiet for 3 days. Returns how many.

    Once a question, and never for what came with an import. At most 200 a run.
    """
    now = now or timezone.now()
    quiet = (
        Question.objects.listed()
        .unsolved()
        .filter(
            thread__last_post_at__range=(now - NOT_AFTER, now - AFTER),
            thread__answer_count__gt=0,
            thread__closed_at=None,
            thread__author__is_staff=False,
            nudged_at=None,
            still_needed_at=None,
            needs_info_at=None,
        )
    )
    asked = quiet.exclude(thread__posts__kind=Post.Kind.OPENING, thread__posts__source=Post.Source.IMPORT)
    return sum(_nudge(question, now) for question in asked.select_related("thread__author").order_by("pk")[:AT_ONCE])


@transaction.atomic
def _nudge(question: Question, now: datetime) -> bool:
    """About the answer that others found best. An answer of the asker's own is none to accept."""
    if not Question.objects.filter(pk=question.pk, nudged_at=None).update(nudged_at=now):
        return False
    asker = question.thread.author
    answers = Post.objects.published().answers().filter(thread=question.pk).exclude(author=asker)
    best = answers.order_by("-helpful_score", "created_at", "pk").first()
    return best is not None and tell(member=asker, kind=Notification.Kind.NUDGE, post=best)
