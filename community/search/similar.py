"""Threads much like a text: while somebody asks, and beside what they read."""

from collections.abc import Sequence

from haystack.exceptions import SearchBackendError
from haystack.inputs import Raw
from haystack.models import SearchResult
from haystack.query import SearchQuerySet

from community.search.alike import likeness
from community.search.wording import understand
from community.threads.models import Post, Thread
from community.threads.rendering import plain_text

SHORTEST = 10  # characters
LOOKED_AT = 3  # times as many as are wanted are compared closely
NEAR = 0.35  # of the best one's score


def similar_threads(
    text: str, *, limit: int = 5, kind: str = Thread.Kind.QUESTION, exclude: Thread | None = None
) -> list[Thread]:
    """At most `limit` listed threads that ask much the same as `text`, solved ones first, then the likest.

    Two queries; none if it's short.
    """
    keys = [int(one.pk) for one in _near(text, limit * LOOKED_AT, kind)]
    listed = Thread.objects.listed().select_related("product", "author", "question", "review")
    rows = listed.in_bulk(keys) if keys else {}
    threads = [rows[key] for key in keys if key in rows and rows[key] != exclude]
    return sorted(_likest(text, threads), key=_is_open)[:limit]


def similar_keys(text: str, *, limit: int, kind: str = Thread.Kind.QUESTION) -> list[int]:
    """Keys of the threads that share most words with `text`, best first; empty if it's short. No query: what they
    lead to may have been hidden since, so read them through `listed()`."""
    return [int(one.pk) for one in _near(text, limit, kind)]


def _near(text: str, count: int, kind: str) -> list[SearchResult]:
    wanted = understand(text)
    if len(text.strip()) < SHORTEST or wanted.is_empty:
        return []
    query = wanted.loose() if wanted.may_be_loosened else wanted.strict()
    try:
        found = SearchQuerySet().filter(content=Raw(query)).narrow(f"kind:{kind}")[:count]
    except SearchBackendError:
        return []
    return [one for one in found if one.score >= NEAR * found[0].score]


def _likest(text: str, threads: Sequence[Thread]) -> list[Thread]:
    """The likest first, and only those that are near it."""
    if len(threads) < 2:
        return list(threads)
    openings = Post.objects.filter(thread__in=threads, kind=Post.Kind.OPENING).values_list("thread_id", "body_html")
    bodies = {key: plain_text(body) for key, body in openings}
    scores = likeness(text, [f"{thread.title}\n{bodies.get(thread.pk, '')}" for thread in threads])
    order = sorted(range(len(threads)), key=lambda place: -scores[place])
    return [threads[place] for place in order if scores[place] >= NEAR * scores[order[0]]]


def _is_open(thread: Thread) -> bool:
    question = getattr(thread, "question", None)
    return question is None or not question.is_solved
