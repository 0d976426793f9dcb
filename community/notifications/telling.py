"""Telling one person one thing, once."""

from datetime import timedelta

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from community.members.models import Member
from community.notifications.models import Notification
from community.threads.models import Post

QUIET = timedelta(minutes=10)  # mail waits, and is dropped if the post was seen or withdrawn (facts/limits.md)


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
