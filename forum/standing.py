"""What one reader has to do with a question: what helped them, whether they follow it, what they left unfinished."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db import connection

from community.notifications.models import Subscription
from community.threads.models import Draft, Post, Vote

LARGEST_PK = 2**63 - 1
FOLLOWS, WAITS, DRAFTS = 0, -1, -2  # where a vote names its post

# By hand: every member's every page asks this, and the ORM takes three times as long to write it as SQLite to answer.
_SQL = f"""
    SELECT post_id, is_helpful FROM {Vote._meta.db_table}
    WHERE member_id = %(reader)s AND post_id IN (SELECT id FROM {Post._meta.db_table} WHERE thread_id = %(thread)s)
    UNION ALL
    SELECT {FOLLOWS}, level >= 2 FROM {Subscription._meta.db_table}
    WHERE member_id = %(reader)s AND thread_id = %(thread)s
    UNION ALL
    SELECT {WAITS}, TRUE FROM {Post._meta.db_table}
    WHERE author_id = %(reader)s AND thread_id = %(thread)s AND status IN ('held', 'hidden', 'removed')
    UNION ALL
    SELECT {DRAFTS}, TRUE FROM {Draft._meta.db_table} WHERE member_id = %(reader)s AND place = %(place)s
"""  # noqa: S608 - names of tables, no values


@dataclass(frozen=True)
class Standing:
    """`is_waiting`: something they wrote here is not public. `is_drafting`: an answer of theirs is half written."""

    is_following: bool = False
    is_waiting: bool = False
    is_drafting: bool = False
    votes: Mapping[int, bool] = field(default_factory=dict)


def standing_of(reader: Any, thread_id: int) -> Standing:
    """One query; none for who has not signed in."""
    if not reader.is_authenticated:
        return Standing()
    thread_id = min(thread_id, LARGEST_PK)  # an address may name a number that no database takes
    with connection.cursor() as cursor:
        cursor.execute(_SQL, {"reader": reader.pk, "thread": thread_id, "place": place_of(thread_id)})
        found = {pk: bool(is_so) for pk, is_so in cursor.fetchall()}
    return Standing(
        is_following=found.pop(FOLLOWS, False),
        is_waiting=found.pop(WAITS, False),
        is_drafting=found.pop(DRAFTS, False),
        votes=found,
    )


def place_of(thread_id: int) -> str:
    """Where the draft of an answer is kept."""
    return f"answer:{thread_id}"
