"""Who follows what, and what they were told; read long ago, except for the newest."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from django.db.models import Count, Q

from community.demo.scenes import Scene, Told
from community.members.models import Member
from community.notifications.models import Notification, Subscription
from community.threads.mentions import MENTION
from community.threads.models import Post, Status

Kind = Notification.Kind
UNREAD_FOR = timedelta(days=8)


def load_notices(scenes: list[Scene], now: datetime) -> None:
    """No mail comes of these."""
    follows = {(told.new.author.pk, scene.saved.pk) for scene in scenes for told in (scene.opening, *scene.answers)}
    rows = [Subscription(member_id=member, thread_id=thread) for member, thread in sorted(follows)]
    Subscription.objects.bulk_create(rows, ignore_conflicts=True)
    told = {(one.member_id, one.post_id): one for scene in scenes for one in _of_scene(scene, now)}  # one reason each
    Notification.objects.bulk_create(told.values(), ignore_conflicts=True, batch_size=500)
    _count_unread()


def _of_scene(scene: Scene, now: datetime) -> Iterator[Notification]:
    asker = scene.opening.new.author
    for answer in scene.answers:
        yield from _notices(Kind.COMPANY if answer.new.is_official else Kind.ANSWER, answer, [asker], now)
        yield from _notices(Kind.MENTION, answer, _mentioned(answer, scene), now)
    for parent in (scene.opening, *scene.answers):
        for comment in parent.comments:
            yield from _notices(Kind.COMMENT, comment, [asker, parent.new.author], now)
            yield from _notices(Kind.MENTION, comment, _mentioned(comment, scene), now)
    solved = scene.question
    if solved and solved.accepted_at:
        told = next(answer for answer in scene.answers if answer.saved == solved.accepted_post)
        yield from _notices(Kind.ACCEPTED, told, [told.new.author], now, at=solved.accepted_at, actor=asker)


def _mentioned(told: Told, scene: Scene) -> list[Member]:
    names = {name.lower() for name in MENTION.findall(told.new.body)}
    return [said.new.author for said in scene.posts() if said.new.author.username in names]


def _notices(
    kind: str,
    told: Told,
    members: list[Member],
    now: datetime,
    *,
    at: datetime | None = None,
    actor: Member | None = None,
) -> Iterator[Notification]:
    post: Post = told.saved
    by, when = actor or told.new.author, at or told.at
    if post.status != Status.PUBLISHED:
        return
    for member in {member.pk: member for member in members if member != by}.values():
        is_new = when > now - UNREAD_FOR and member.username in ("customer", "responder")
        read_at = None if is_new else min(now, when + timedelta(hours=7))
        yield Notification(member=member, kind=kind, post=post, actor=by, created_at=when, read_at=read_at)


def _count_unread() -> None:
    unread = Count("notifications", filter=Q(notifications__read_at=None))
    members = [
        member for member in Member.objects.annotate(unread=unread) if member.unread != member.unread_notifications
    ]
    for member in members:
        member.unread_notifications = member.unread
    Member.objects.bulk_update(members, ["unread_notifications"])
