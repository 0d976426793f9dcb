"""What a member has read: a mark in each thread, and a sum for each day, which earns trust (members/trust.py)."""

from datetime import datetime, timedelta

from django.db import IntegrityError, transaction
from django.db.models import F, Max
from django.utils import timezone

from community.members.models import Member
from community.threads.models import ReadingDay, Thread, ThreadRead

LONGEST = timedelta(minutes=10)  # what one message of a browser counts for: a page left open is not read
FIRST = timedelta(seconds=10)


def mark_read(*, by: Member, thread: Thread, until: datetime, posts: int, seconds: int = 0) -> bool:
    """`by` has seen a page of `thread` that was drawn when its newest post was made at `until`.

    `posts` stood on it, and it was looked at for `seconds`. A browser says so: no more is believed than the thread has,
    and than the clock allows. False if nothing is new.
    """
    until = min(until, thread.last_post_at)
    posts = max(0, min(posts, 1 + thread.answer_count + thread.comment_count))
    try:
        with transaction.atomic():
            return _mark(by, thread, until, posts, timedelta(seconds=max(0, seconds)))
    except IntegrityError:  # two pages opened at once: the other one has made the mark
        with transaction.atomic():
            return _mark(by, thread, until, posts, timedelta(seconds=max(0, seconds)))


def mark_own_post(*, by: Member, thread_id: int, at: datetime) -> None:
    """Who writes in a thread has read it: their own post is nothing new to them."""
    read = {"read_until": at, "last_read_at": at}
    ThreadRead.objects.update_or_create(member=by, thread_id=thread_id, defaults=read)


def _mark(by: Member, thread: Thread, until: datetime, posts: int, looked: timedelta) -> bool:
    now = timezone.now()
    mark = ThreadRead.objects.select_for_update().filter(member=by, thread=thread).first()
    looked = min(looked, _since_last(by, now))
    if mark is None:
        ThreadRead.objects.create(member=by, thread=thread, read_until=until, posts_read=posts, last_read_at=now)
        _add_to_day(by, now, threads=1, posts=posts, looked=min(looked, FIRST))
        return True
    looked = min(looked, LONGEST)
    more = max(0, posts - mark.posts_read)
    if mark.read_until >= until and not more and not looked:
        return False
    mark.read_until, mark.posts_read, mark.last_read_at = max(mark.read_until, until), mark.posts_read + more, now
    mark.save(update_fields=["read_until", "posts_read", "last_read_at"])
    _add_to_day(by, now, threads=0, posts=more, looked=looked)
    return True


def _since_last(by: Member, now: datetime) -> timedelta:
    """Since `by` last read anything: nobody reads two conversations at once."""
    last = ThreadRead.objects.filter(member=by).aggregate(last=Max("last_read_at"))["last"]
    return now - last if last else FIRST


def _add_to_day(by: Member, now: datetime, *, threads: int, posts: int, looked: timedelta) -> None:
    day, _ = ReadingDay.objects.get_or_create(member=by, day=timezone.localdate(now))
    ReadingDay.objects.filter(pk=day.pk).update(
        threads_read=F("threads_read") + threads,
        posts_read=F("posts_read") + posts,
        seconds=F("seconds") + max(0, round(looked.total_seconds())),
    )
