"""What one reader has to do with a question: which posts helped them, and whether they follow it."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Value

from community.notifications.models import Subscription
from community.threads.models import Post, Vote

_THREAD = 0


@dataclass(frozen=True)
class Standing:
    is_following: bool = False
    votes: dict[int, bool] = field(default_factory=dict)


def standing_of(reader: Any, thread_id: int, posts: Iterable[Post]) -> Standing:
    """One query; none for who has not signed in."""
    if not reader.is_authenticated:
        return Standing()
    votes = Vote.objects.filter(member=reader, post__in=[post.pk for post in posts]).order_by()
    follows = Subscription.objects.filter(member=reader, thread=thread_id, is_muted=False).order_by()
    rows = votes.values_list("post_id", "is_helpful").union(follows.values_list(Value(_THREAD), Value(True)), all=True)
    said = dict(rows)
    return Standing(is_following=said.pop(_THREAD, False), votes=said)
