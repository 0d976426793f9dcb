"""What one reader has to do with a question: which posts helped them, whether they follow it, and whether some wait."""

from dataclasses import dataclass, field
from typing import Any

from django.db.models import Value

from community.notifications.models import Subscription
from community.threads.models import Post, Vote
from forum.reading import WAITING

FOLLOWS, WAITS = 0, -1  # where a vote names its post


@dataclass(frozen=True)
class Standing:
    is_following: bool = False
    is_waiting: bool = False  # for a moderator, with something they wrote here
    votes: dict[int, bool] = field(default_factory=dict)


def standing_of(reader: Any, thread_id: int) -> Standing:
    """One query; none for who has not signed in."""
    if not reader.is_authenticated:
        return Standing()
    votes = Vote.objects.filter(member=reader, post__thread=thread_id).values_list("post_id", "is_helpful")
    follows = Subscription.objects.filter(member=reader, thread=thread_id, is_muted=False)
    waits = Post.objects.filter(author=reader, thread=thread_id, status__in=WAITING)
    rows = votes.order_by().union(
        follows.order_by().values_list(Value(FOLLOWS), Value(True)),
        waits.order_by().values_list(Value(WAITS), Value(True)),
        all=True,
    )
    found = dict(rows)
    return Standing(is_following=found.pop(FOLLOWS, False), is_waiting=found.pop(WAITS, False), votes=found)
