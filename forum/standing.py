"""What one reader has to do with a question: what helped them, whether they follow it, what they left unfinished."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.db import connection

from community.notifications.models import Level, Subscription
from community.threads.models import Draft, Post, Vote
from forum.models import MeToo

LARGEST_PK = 2**63 - 1
FOLLOWS, WAITS, DRAFTS, HAS_IT_TOO, DELETED = 0, -1, -2, -3, -4  # where a vote names its post

# By hand: every member's every page asks this, and the ORM takes three times as long to write it as SQLite to answer.
_SQL = f"""
    SELECT post_id, CASE WHEN is_helpful THEN 1 ELSE 0 END FROM {Vote._meta.db_table}
    WHERE member_id = %(reader)s AND post_id IN (SELECT id FROM {Post._meta.db_table} WHERE thread_id = %(thread)s)
    UNION ALL
    SELECT {FOLLOWS}, level FROM {Subscription._meta.db_table}
    WHERE member_id = %(reader)s AND thread_id = %(thread)s
    UNION ALL
    SELECT {WAITS}, 1 FROM {Post._meta.db_table}
    WHERE author_id = %(reader)s AND thread_id = %(thread)s AND status IN ('held', 'hidden', 'removed')
    UNION ALL
    SELECT {DRAFTS}, 1 FROM {Draft._meta.db_table} WHERE member_id = %(reader)s AND place = %(place)s
    UNION ALL
    SELECT {HAS_IT_TOO}, 1 FROM {MeToo._meta.db_table} WHERE member_id = %(reader)s AND question_id = %(thread)s
    UNION ALL
    SELECT {DELETED}, id FROM {Post._meta.db_table}
    WHERE author_id = %(reader)s AND thread_id = %(thread)s AND status = 'withdrawn'
"""  # noqa: S608 - names of tables, no values


@dataclass(frozen=True)
class Standing:
    """`is_waiting`: something they wrote here is not public. `is_drafting`: an answer of theirs is half written.

    `level`: how much they want to hear of it (notifications' Level). `has_it_too`: they have this question too.
    `deleted`: a post that they deleted here and may bring back.
    """

    level: int | None = None
    is_waiting: bool = False
    is_drafting: bool = False
    has_it_too: bool = False
    deleted: int | None = None
    votes: Mapping[int, bool] = field(default_factory=dict)

    @property
    def is_following(self) -> bool:
        return self.level is not None and self.level >= Level.TRACKING


def standing_of(reader: Any, thread_id: int, *, mark: UUID | None = None) -> Standing:
    """One query; none for who has not signed in, unless their browser brings a stranger's `mark`."""
    thread_id = min(thread_id, LARGEST_PK)  # an address may name a number that no database takes
    if not reader.is_authenticated:
        return Standing(has_it_too=bool(mark) and MeToo.objects.filter(question=thread_id, visitor=mark).exists())
    with connection.cursor() as cursor:
        cursor.execute(_SQL, {"reader": reader.pk, "thread": thread_id, "place": place_of(thread_id)})
        found = dict(cursor.fetchall())
    return Standing(
        level=found.pop(FOLLOWS, None),
        is_waiting=bool(found.pop(WAITS, False)),
        is_drafting=bool(found.pop(DRAFTS, False)),
        has_it_too=bool(found.pop(HAS_IT_TOO, False)),
        deleted=found.pop(DELETED, None),
        votes={pk: bool(is_helpful) for pk, is_helpful in found.items()},
    )


def place_of(thread_id: int) -> str:
    """Where the draft of an answer is kept."""
    return f"answer:{thread_id}"
