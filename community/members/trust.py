"""What each trust level asks for (Discourse's ladder)."""

from dataclasses import dataclass
from datetime import timedelta

from community.members.models import TrustLevel


@dataclass(frozen=True)
class Bar:
    """What a member's history must show. With `within`, only what happened since counts: the level can be lost."""

    threads_read: int = 0
    posts_read: int = 0
    time_reading: timedelta = timedelta()
    days_visited: int = 0
    threads_replied_to: int = 0
    helpful_votes_given: int = 0
    helpful_votes_received: int = 0
    most_upheld_flags: int | None = None
    within: timedelta | None = None


BARS = {
    TrustLevel.BASIC: Bar(threads_read=5, posts_read=30, time_reading=timedelta(minutes=10)),
    TrustLevel.MEMBER: Bar(
        threads_read=20,
        posts_read=100,
        days_visited=15,
        threads_replied_to=3,
        helpful_votes_given=1,
        helpful_votes_received=1,
    ),
    TrustLevel.REGULAR: Bar(
        days_visited=50,
        threads_replied_to=10,
        helpful_votes_received=20,
        most_upheld_flags=5,
        within=timedelta(days=100),
    ),
}
"""Level 4 is given by hand."""
