"""What the worker does for notifications. Each task takes ids, may run twice, and tolerates that the row has gone."""

from datetime import timedelta

from community.notifications import mailing, reading
from community.notifications.audience import as_wanted, audience_of, mentioned_in, told_of
from community.notifications.following import follow
from community.notifications.telling import tell_all
from community.threads.models import Post

SCHEDULES = {
    "send due mail": ("community.notifications.tasks.send_due_mail", timedelta(minutes=1)),
    "delete old notifications": ("community.notifications.tasks.purge_read", timedelta(days=1)),
    "delete the old log of mail": ("community.notifications.tasks.purge_mail_log", timedelta(days=1)),
}


def tell_of_post(post_id: int) -> int:
    """A post can be read now: for the first time, or again. Who hears of it for the first time is told."""
    post = _published(post_id)
    if post is None:
        return 0
    if post.is_opening:
        follow(by=post.author, thread=post.thread, is_automatic=True)
    recount_readers(post_id)
    return tell_all(reasons=audience_of(post), post=post)


def tell_of_mentions(post_id: int) -> int:
    """A text changed: somebody may be mentioned in it who was not before."""
    post = _published(post_id)
    return tell_all(reasons=as_wanted(mentioned_in(post), post), post=post) if post else 0


def recount_readers(post_id: int) -> None:
    """A post can no longer be read, or again: the bells of those who had it among their unread are set right."""
    post = Post.objects.filter(pk=post_id).first()
    for member in told_of(post) if post else []:
        reading.recount(member)


def send_due_mail() -> int:
    return mailing.send_due_mail()


def purge_read() -> int:
    return reading.purge_read()


def purge_mail_log() -> int:
    return mailing.purge_log()


def _published(post_id: int) -> Post | None:
    return Post.objects.published().select_related("author", "thread", "parent").filter(pk=post_id).first()
