"""Threads much like a text: while somebody asks, and beside what they read."""

from haystack.exceptions import SearchBackendError
from haystack.inputs import Raw
from haystack.query import SearchQuerySet

from community.search.wording import understand
from community.threads.models import Thread

SHORTEST = 10  # characters
LOOKED_AT = 4  # times as many as are wanted, so that solved ones can come first
NEAR = 0.35  # of the best one's score


def similar_threads(
    text: str, *, limit: int = 5, kind: str = Thread.Kind.QUESTION, exclude: Thread | None = None
) -> list[Thread]:
    """At most `limit` listed threads that share words with `text`, solved ones first. One query; none if it's short."""
    wanted = understand(text)
    if len(text.strip()) < SHORTEST or wanted.is_empty:
        return []
    query = wanted.loose() if wanted.may_be_loosened else wanted.strict()
    try:
        found = SearchQuerySet().filter(content=Raw(query)).narrow(f"kind:{kind}")[: limit * LOOKED_AT]
    except SearchBackendError:
        return []
    near = [int(one.pk) for one in found if one.score >= NEAR * found[0].score]
    listed = Thread.objects.listed().select_related("product", "author", "question", "review")
    rows = listed.in_bulk(near) if near else {}
    return sorted((rows[key] for key in near if key in rows and rows[key] != exclude), key=_is_open)[:limit]


def _is_open(thread: Thread) -> bool:
    question = getattr(thread, "question", None)
    return question is None or not question.is_solved
