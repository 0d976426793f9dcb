"""How a post read before: what each edit changed, newest first."""

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from community.members.models import Member
from community.threads.models import Post, Revision
from community.threads.wording import Part, compare


class Change(NamedTuple):
    """One edit. `is_silent`: made in the first minutes, shown to moderators alone."""

    editor: Member
    at: datetime
    title: list[Part]
    body: list[Part]
    is_silent: bool


def read_history(post: Post, revisions: Sequence[Revision], newer: Revision | None = None) -> list[Change]:
    """The edits that replaced `revisions` (newest first, with editors) by `newer`, or by the text that stands now."""
    changes = []
    title, body = (newer.title, newer.body) if newer else (post.thread.title if post.is_opening else "", post.body)
    for revision in revisions:
        changes.append(_change(revision, title, body))
        title, body = revision.title, revision.body
    return changes


def _change(revision: Revision, title: str, body: str) -> Change:
    return Change(
        editor=revision.editor,
        at=revision.created_at,
        title=compare(revision.title, title) if revision.title != title else [],
        body=compare(revision.body, body),
        is_silent=revision.is_silent,
    )
