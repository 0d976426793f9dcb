"""Telling one person, or all who want to know, one thing, once."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import F, Q
from django.utils import timezone

from community.members.models import Member
from community.notifications.audience import Reason
from community.notifications.models import Notification
from community.threads.models import Post

QUIET = timedelta(minutes=10)  # mail waits, and is dropped if the post was seen or withdrawn
BATCH = 500


@transaction.atomic
def tell(
    *,
    member: Member,
    kind: str,
    post: Post,
    actor: Member | None = None,
    happened_at: datetime | None = None,
    by_mail: bool = True,
) -> bool:
    """Note `kind` about `post` for `member`. False if told before, about oneself, or about what they may not read.

    Without `by_mail` in the bell only.

    What can happen again to a post (a moderator's decision) gives `happened_at`: if that is later than what was told
    before, it is told anew, in its place.
    """
    if not Post.objects.visible_to(member).filter(pk=post.pk).exists():
        return False
    return _tell(member, {"kind": kind, "post": post}, actor, happened_at, by_mail=by_mail)


@transaction.atomic
def tell_of(
    *,
    member: Member,
    kind: str,
    address: str,
    subject: str,
    actor: Member | None,
    happened_at: datetime | None = None,
    by_mail: bool = True,
) -> bool:
    """Note something that is no post: it stands at `address` (a path of ours, with or without an anchor).

    `subject` names it in the list and the letter. False if told before, or about oneself; `happened_at` as for `tell`.
    What is told of among staff is nothing to others: False for who is no staff. Without `by_mail` in the bell only.
    """
    if kind in Notification.AMONG_STAFF and not member.is_desk_reader:
        return False
    page, _, anchor = address.partition("#")
    what = {"kind": kind, "post": None, "address": page, "anchor": anchor}
    return _tell(member, what, actor, happened_at, subject=subject[:200], by_mail=by_mail)


def _tell(
    member: Member,
    what: dict[str, Any],
    actor: Member | None,
    happened_at: datetime | None,
    *,
    subject: str = "",
    by_mail: bool = True,
) -> bool:
    if not member.is_active or (actor is not None and actor.pk == member.pk):
        return False
    now = timezone.now()
    fresh = {"actor": actor, "created_at": now, "mail_due_at": now + QUIET if by_mail else None, "subject": subject}
    told, is_new = Notification.objects.select_for_update().get_or_create(member=member, **what, defaults=fresh)
    if not is_new and (happened_at is None or happened_at <= told.created_at):
        return False
    was_unread = not is_new and not told.is_read
    if not is_new:
        Notification.objects.filter(pk=told.pk).update(**fresh, read_at=None)
    if not was_unread:
        Member.objects.filter(pk=member.pk).update(unread_notifications=F("unread_notifications") + 1)
    return True


def tell_all(*, reasons: Mapping[int, Reason], post: Post) -> int:
    """Note `post`, which everybody can read, for many at once: `reasons` says for each member's id why they hear of it.

    Who was told of this post before, for whatever reason, is not told again. Returns how many are told now; 3 queries
    a batch of 500.
    """
    members = sorted(reasons.keys() - {post.author_id})
    told = 0
    for start in range(0, len(members), BATCH):
        batch = {member: reasons[member] for member in members[start : start + BATCH]}
        try:
            told += _tell_batch(batch, post)
        except IntegrityError:  # the same task ran twice at once: now its rows are there
            told += _tell_batch(batch, post)
    return told


@transaction.atomic
def _tell_batch(reasons: Mapping[int, Reason], post: Post) -> int:
    known = set(Notification.objects.filter(post=post, member__in=reasons).values_list("member_id", flat=True))
    hears = Q(pk__in=reasons.keys() - known, is_active=True, is_unclaimed=False)
    due = timezone.now() + QUIET
    rows = [
        Notification(
            member_id=member,
            kind=reasons[member].kind,
            post=post,
            actor_id=post.author_id,
            mail_due_at=due if reasons[member].by_mail else None,
        )
        for member in Member.objects.filter(hears).values_list("pk", flat=True)
    ]
    Notification.objects.bulk_create(rows)
    changed = Member.objects.filter(pk__in=[row.member_id for row in rows])
    return changed.update(unread_notifications=F("unread_notifications") + 1) if rows else 0
