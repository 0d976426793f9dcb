"""Flagging: readers report a post; enough weight hides it until a moderator decides."""

from datetime import timedelta

from django.db import transaction
from django.db.models import Count, Q, Sum
from django.utils import timezone

from community.members.limits import Rate, TooSoon, enforce
from community.members.models import Member
from community.moderation.deciding import hide
from community.moderation.models import Flag
from community.moderation.permissions import require_can_flag
from community.threads.events import announce, thread_changed
from community.threads.models import Post, Thread

HIDES_AT = 8
FLAGS_A_DAY = Rate(20, timedelta(days=1), "You have flagged 20 posts today.")
FLAG_AGAIN_AFTER = timedelta(hours=24)
ENOUGH_TO_JUDGE = 5


@transaction.atomic
def flag(*, by: Member, post: Post, reason: str, note: str = "") -> bool:
    """Report `post`. False if `by` has reported it and nobody has decided yet.

    Raises PermissionDenied for one's own or an unpublished post, TooSoon after 20 a day or within 24 hours of a flag on
    the same post that was decided on.
    """
    require_can_flag(by, post)
    Post.objects.select_for_update().get(pk=post.pk)
    if Flag.objects.waiting().filter(post=post, member=by).exists():
        return False
    _enforce_rates(by, post)
    Flag.objects.create(post=post, member=by, reason=reason, note=note.strip(), weight=weight_of(by))
    if reason != Flag.Reason.NEEDS_STAFF and _is_heavy(by, post):
        hide(post)
    announce(thread_changed, thread_id=post.thread_id)
    return True


def weight_of(member: Member) -> int:
    """1 plus trust plus past accuracy. Who was mostly wrong weighs 1, whatever their trust."""
    settled = Flag.objects.accusations().filter(member=member, settled_at__isnull=False)
    record = settled.aggregate(count=Count("pk"), upheld=Count("pk", filter=Q(was_upheld=True)))
    if record["count"] < ENOUGH_TO_JUDGE:
        return 1 + member.trust_level
    share = record["upheld"] / record["count"]
    return 1 if share < 0.25 else 1 + member.trust_level + (share >= 0.5) + (share >= 0.75)


def _enforce_rates(by: Member, post: Post) -> None:
    last = Flag.objects.filter(post=post, member=by).first()
    until = last.created_at + FLAG_AGAIN_AFTER if last else None
    if until and until > timezone.now():
        raise TooSoon("A moderator has just decided on your flag.", until - timezone.now())
    if not by.is_responder:
        enforce(FLAGS_A_DAY, by.flags.all())


def _is_heavy(by: Member, post: Post) -> bool:
    """A review is what the company is judged by: of its people, a moderator's report alone hides one."""
    if by.is_moderator or (by.is_responder and post.thread.kind != Thread.Kind.REVIEW):
        return True
    total = Flag.objects.waiting().accusations().filter(post=post).aggregate(total=Sum("weight"))["total"]
    return (total or 0) >= HIDES_AT
