"""Telling one person, or all who want to know, one thing, once."""

from collections.abc import Mapping
from datetime import timedelta

from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils import timezone

from community.members.models import Member
from community.notifications.models import Notification
from community.threads.models import Post

QUIET = timedelta(minutes=10)  # mail waits, and is dropped if the post was seen or withdrawn
BATCH = 500


@transaction.atomic
def tell(*, member: Member, kind: str, post: Post, actor: Member | None = None) -> bool:
    """Note `kind` about `post` for `member`. False if told before, about oneself, or about what they may not read."""
    is_own = actor is not None and actor.pk == member.pk
    if is_own or not member.is_active or not Post.objects.visible_to(member).filter(pk=post.pk).exists():
        return False
    _, is_new = Notification.objects.get_or_create(
        member=member, kind=kind, post=post, defaults={"actor": actor, "mail_due_at": timezone.now() + QUIET}
    )
    if is_new:
        Member.objects.filter(pk=member.pk).update(unread_notifications=F("unread_notifications") + 1)
    return is_new


def tell_all(*, kinds: Mapping[int, str], post: Post) -> int:
    """Note `post`, which everybody can read, for many at once: `kinds` says for each member's id why they hear of it.

    Who was told of this post before, for whatever reason, is not told again. Returns how many are told now; 3 queries
    a batch of 500.
    """
    members = sorted(kinds.keys() - {post.author_id})
    told = 0
    for start in range(0, len(members), BATCH):
        batch = {member: kinds[member] for member in members[start : start + BATCH]}
        try:
            told += _tell_batch(batch, post)
        except IntegrityError:  # the same task ran twice at once: now its rows are there
            told += _tell_batch(batch, post)
    return told


@transaction.atomic
def _tell_batch(kinds: Mapping[int, str], post: Post) -> int:
    known = set(Notification.objects.filter(post=post, member__in=kinds).values_list("member_id", flat=True))
    active = Member.objects.filter(pk__in=kinds.keys() - known, is_active=True).values_list("pk", flat=True)
    due = timezone.now() + QUIET
    rows = [
        Notification(member_id=member, kind=kinds[member], post=post, actor_id=post.author_id, mail_due_at=due)
        for member in active
    ]
    Notification.objects.bulk_create(rows)
    changed = Member.objects.filter(pk__in=[row.member_id for row in rows])
    return changed.update(unread_notifications=F("unread_notifications") + 1) if rows else 0
