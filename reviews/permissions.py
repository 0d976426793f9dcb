"""Who may do what to a review. Nothing here looks at its stars."""

from dataclasses import dataclass
from typing import Any

from community.threads.models import Post
from community.threads.permissions import can_comment, can_edit, can_take_part, can_update, can_vote, can_withdraw


@dataclass(frozen=True)
class Acts:
    """What a reader may do to one review, for post_actions.html."""

    vote: bool = False
    comment: bool = False
    edit: bool = False
    withdraw: bool = False
    flag: bool = False
    bookmark: bool = False
    update: bool = False  # when its time has come: the card looks at what was said last


def acts_on(reader: Any, opening: Post) -> Acts:
    """No query."""
    if not can_take_part(reader):
        return Acts(flag=not reader.is_authenticated and opening.is_published)  # the link leads over the sign-in
    is_own = opening.author_id == reader.pk
    may_comment, may_flag = can_comment(reader, opening), not is_own and opening.is_published
    return Acts(
        vote=can_vote(reader, opening),
        comment=may_comment,
        edit=is_own and can_edit(reader, opening),
        withdraw=can_withdraw(reader, opening),
        flag=may_flag,
        bookmark=may_comment or may_flag,
        update=opening.is_opening and can_update(reader, opening.thread),
    )
