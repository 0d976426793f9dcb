"""Keeping a post to find it again, with a note on why, and letting it go. Nobody else sees any of it."""

from django.db import transaction
from django.db.models import QuerySet

from community.members.models import Member
from community.threads.models import Bookmark, Post
from community.threads.permissions import can_take_part, require


def bookmark(*, by: Member, post: Post) -> bool:
    """False if it was kept already."""
    require(can_take_part(by), "Sign in to keep bookmarks.")
    return Bookmark.objects.get_or_create(member=by, post=post)[1]


def unbookmark(*, by: Member, post_id: int) -> bool:
    """False if there was none. Takes an id: one lets go of what one can't read any more, too."""
    return Bookmark.objects.filter(member=by, post=post_id).delete()[0] > 0


@transaction.atomic
def note_why(*, by: Member, post_id: int, note: str) -> bool:
    """Write one's note on a bookmark; empty takes it away. False if nothing changed."""
    mine = Bookmark.objects.filter(member=by, post__in=Post.objects.filter(pk=post_id))  # no number is too large for it
    return mine.exclude(note=note).update(note=note) > 0


def bookmarks_of(member: Member) -> QuerySet[Bookmark]:
    """What `member` kept and may read, the newest first, with all that the page shows."""
    mine = Bookmark.objects.filter(member=member, post__in=Post.objects.visible_to(member))
    return mine.select_related("post__thread__product", "post__thread__review", "post__author", "post__parent")
