"""Polling feeds: which are due, what one brings, and how it is left alone for longer when it fails."""

from collections import Counter
from datetime import datetime, timedelta

from django.core.exceptions import ValidationError
from django.utils import timezone

from community.outside.connecting import NotReachedError
from community.outside.fetching import fetch
from staff.listening.feeds import BadFeedError, Entry, read_feed
from staff.listening.keywords import Listened, listened_for
from staff.listening.taking import is_worth_taking, name_of, take
from staff.models import Mention, Source

EVERY = timedelta(minutes=15)
LONGEST_PAUSE = timedelta(days=1)
OLDEST = timedelta(days=30)  # a new feed's archive is not news
MOST_FAILURES = 1000


def due_feeds(now: datetime | None = None) -> list[int]:
    """Feeds in use whose time has come, the longest unasked first."""
    now = now or timezone.now()
    feeds = Source.objects.filter(kind=Source.Kind.FEED, is_on=True).order_by("polled_at")
    return [feed.pk for feed in feeds if feed.polled_at is None or feed.polled_at + pause_after(feed) <= now]


def pause_after(feed: Source) -> timedelta:
    """15 minutes, twice as long after each failure in a row, at most a day."""
    return min(EVERY * 2 ** min(feed.failures, 10), LONGEST_PAUSE)


def poll(feed: Source, *, now: datetime | None = None) -> bool:
    """Ask `feed` for what is new. False if it failed, or somebody else is asking it at this moment.

    What it brought, or why it failed, stands in the source afterwards.
    """
    now = now or timezone.now()
    unasked = Source.objects.filter(pk=feed.pk, polled_at=feed.polled_at, is_on=True, kind=Source.Kind.FEED)
    if not unasked.update(polled_at=now):
        return False
    try:
        fetched = fetch(feed.url, etag=feed.etag, last_modified=feed.last_modified)
        entries = (
            read_feed(fetched.body, charset=fetched.charset, base_url=feed.url) if fetched.body is not None else None
        )
    except (NotReachedError, BadFeedError) as error:
        _note_failure(feed, str(error))
        return False
    values = {"failures": 0, "last_error": ""}
    if entries is not None:
        counts = bring(feed, entries, now=now)
        values |= {"last_result": counts, "etag": fetched.etag, "last_modified": fetched.last_modified}
    Source.objects.filter(pk=feed.pk, url=feed.url).update(**values)
    return True


def bring(feed: Source, entries: list[Entry], *, now: datetime) -> dict[str, int]:
    """Take what holds a word that we listen for. Counts: entries, new, known, old, passed_over."""
    listened = listened_for()
    counts = Counter(_bring_one(feed, entry, listened, now) for entry in entries)
    return {"entries": len(entries), **{kind: counts[kind] for kind in ("new", "known", "old", "passed_over")}}


def _bring_one(feed: Source, entry: Entry, listened: Listened, now: datetime) -> str:
    if Mention.objects.filter(source=feed, external_id=name_of(entry.id, entry.url)).exists():
        return "known"
    if entry.published_at and entry.published_at < now - OLDEST:
        return "old"
    if not is_worth_taking(listened, entry.title, entry.text):
        return "passed_over"
    values = {name: getattr(entry, name) for name in ("url", "title", "text", "author", "published_at")}
    try:
        take(source=feed, external_id=entry.id, listened=listened, **values)
    except ValidationError:
        return "passed_over"
    return "new"


def _note_failure(feed: Source, sentence: str) -> None:
    failures = min(feed.failures + 1, MOST_FAILURES)
    Source.objects.filter(pk=feed.pk, url=feed.url).update(failures=failures, last_error=sentence[:300])
