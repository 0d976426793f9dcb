"""Changing what one wrote. Every text that stood is kept; what two people change at once is never lost."""

from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from community.members.models import Member
from community.threads.events import announce, post_revised
from community.threads.limits import enforce_edit_rates
from community.threads.models import Post, Revision, Status, Thread
from community.threads.permissions import can_edit, is_trusted, require
from community.threads.publishing import set_status
from community.threads.rendering import render
from community.threads.screening import Verdict, screen
from community.threads.slugs import slug_of

GRACE = timedelta(minutes=5)


class EditConflict(Exception):  # noqa: N818 - two people at work, not a fault
    """Somebody changed the post meanwhile. `current` is the post as it stands now: show both texts."""

    def __init__(self, current: Post) -> None:
        self.current = current
        super().__init__("Somebody else has changed this meanwhile.")


def revise(*, by: Member, post: Post, body: str, base_version: int, title: str | None = None) -> bool:
    """Give `post` a new text, and its thread a new title if it opens one. False if nothing would change.

    `base_version` is the `post.version` that the editor began from. Raises EditConflict if it is no longer the newest,
    PermissionDenied, TooSoon, or ValidationError (caps). A text that looks like spam is held. The author's changes in
    the first 5 minutes carry no “edited” mark; earlier texts of theirs, and of a removed post, are for
    moderators alone.
    """
    require(can_edit(by, post), "This can no longer be edited by you.")
    if not _changes(post, body, title):
        return False
    enforce_edit_rates(by)
    verdict = screen(by=by, text=body, title=title or "", photos=post.attachments.all())
    with transaction.atomic():
        current = Post.objects.select_for_update(no_key=True, of=("self",)).select_related("thread").get(pk=post.pk)
        if not _changes(current, body, title):
            return False
        if current.version != base_version:
            raise EditConflict(current)
        _keep(current, by)
        _write(current, by, body, title)
        _hold(current, verdict)
        announce(post_revised, post_id=current.pk)
    return True


def _hold(post: Post, verdict: Verdict) -> None:
    """Before others read on: what looks like spam, and what a moderator removed and its author mended."""
    if post.status == Status.REMOVED:
        set_status(post, Status.HELD, reason=f"Mended after removal: {post.status_reason}"[:200])
    elif verdict.status == Status.HELD and post.is_published:
        set_status(post, Status.HELD, reason=verdict.reason)


def _changes(post: Post, body: str, title: str | None) -> bool:
    return post.body != body or (post.is_opening and title is not None and post.thread.title != title)


def _keep(post: Post, by: Member) -> None:
    is_in_grace = by.pk == post.author_id and post.edited_at is None and timezone.now() - post.created_at < GRACE
    was_removed = post.status == Status.REMOVED
    title = post.thread.title if post.is_opening else ""
    Revision.objects.create(
        post=post, editor=by, version=post.version, title=title, body=post.body, is_silent=is_in_grace or was_removed
    )
    if was_removed:  # what was taken down does not come back as history
        post.revisions.update(is_silent=True)
    if not is_in_grace:
        post.edited_at = timezone.now()


def _write(post: Post, by: Member, body: str, title: str | None) -> None:
    post.body, post.version = body, post.version + 1
    post.body_html = render(body, is_trusted=is_trusted(post.author) and is_trusted(by))
    post.save(update_fields=["body", "body_html", "version", "edited_at"])
    if post.is_opening and title is not None and title != post.thread.title:
        Thread.objects.filter(pk=post.thread_id).update(title=title, slug=slug_of(title))
