"""What the desk's tests share: a conversation that waits, and the hours at which the desk never closes."""

from datetime import time, timedelta
from typing import Any

import pytest
from django.utils import timezone

from community.members.models import Member
from community.threads.models import Post, Thread
from community.threads.posting import add_answer, add_comment
from staff.escalating import escalate
from staff.models import Conversation, DeskSettings, OpenRange, SlaPolicy


@pytest.fixture(autouse=True)
def desk(db: None) -> DeskSettings:
    """Staffed round the clock, so that hours are business hours; what is pressing is due in 2, all else in 8."""
    OpenRange.objects.all().delete()
    OpenRange.objects.bulk_create(OpenRange(weekday=day, opens_at=time(0), closes_at=time(0)) for day in range(7))
    SlaPolicy.objects.all().delete()
    SlaPolicy.objects.create(name="Pressing", least_priority=4, first_reply_minutes=120, next_reply_minutes=120)
    SlaPolicy.objects.create(name="Everything else", position=1)
    return DeskSettings.objects.create(pk=1)


@pytest.fixture
def waiting(question: Thread, manager: Member) -> Conversation:
    """Mara's question, put into the queue by the manager."""
    escalate(by=manager, thread=question, why="A journalist asks")
    return Conversation.objects.get(thread=question)


def earlier(post: Post, **ago: float) -> Post:
    """Move a post back in time."""
    post.created_at = timezone.now() - timedelta(**ago)
    post.save(update_fields=["created_at"])
    return post


def write(by: Member, thread: Thread, body: str, **fields: Any) -> Post:
    """A comment on the opening, out of reach of the rate limits."""
    just_now = timezone.now() - timedelta(minutes=6)
    Post.objects.filter(author=by, created_at__gt=just_now).update(created_at=just_now)
    opening = thread.posts.get(kind=Post.Kind.OPENING)
    return add_comment(by=by, parent=opening, body=body, **fields)


def answer_for(by: Member, thread: Thread, body: str = "Cold water and wool soap.", **fields: Any) -> Post:
    return add_answer(by=by, thread=thread, body=body, **fields)
