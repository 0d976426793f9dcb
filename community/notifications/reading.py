"""Marking notifications read, and keeping the count in the bell right."""

from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from community.members.models import Member
from community.notifications.models import Notification, NotificationQuerySet
from community.threads.models import Thread

KEPT_FOR = timedelta(days=180)  # once read


def read_thread(*, by: Member, thread: Thread) -> bool:
    """`by` has the thread before their eyes. False if nothing about it was unread."""
    return _read(by, Notification.objects.filter(post__thread=thread))


def read_page(*, by: Member, address: str) -> bool:
    """`by` has a page of ours before their eyes, of which they were told. False if nothing about it was unread."""
    return _read(by, Notification.objects.filter(post=None, address=address))


def read_all(*, by: Member) -> bool:
    return _read(by, Notification.objects.all())


@transaction.atomic
def recount(member: Member) -> None:
    """Set the number in the bell from the rows that `member` can see. Locks the member: nobody adds one meanwhile."""
    Member.objects.select_for_update(no_key=True).get(pk=member.pk)
    unread = Notification.objects.shown_to(member).unread().count()
    Member.objects.filter(pk=member.pk).update(unread_notifications=unread)


@transaction.atomic
def _read(by: Member, some: NotificationQuerySet) -> bool:
    changed = bool(some.filter(member=by).unread().update(read_at=timezone.now()))
    if changed:
        recount(by)
    return changed


def purge_read() -> int:
    """Delete what was read half a year ago. Returns how many went."""
    return Notification.objects.filter(read_at__lt=timezone.now() - KEPT_FOR).delete()[0]
