"""Which questions stand beside a question: those most like it, as search sees them."""

from django.core.cache import cache

from community.search.similar import similar_keys
from community.threads.models import Thread
from forum.standing import LARGEST_PK

ASKED_FOR = 12  # some of them may have been hidden since
SECONDS = 3 * 24 * 3600  # what is asked meanwhile is beside it after so long


def related_keys(pk: int) -> list[int]:
    """What is known to be like question `pk`, the likest first, hidden ones among them. No query: from the cache."""
    return cache.get(_name(min(pk, LARGEST_PK))) or []


def find_related(thread: Thread) -> None:
    """Remember what is like `thread`, for its next readers. One search of the index for a question in three days."""
    if thread.is_published and cache.get(_name(thread.pk)) is None:
        found = similar_keys(thread.title, limit=ASKED_FOR)
        cache.set(_name(thread.pk), [pk for pk in found if pk != thread.pk], SECONDS)


def _name(pk: int) -> str:
    return f"forum.related.{pk}"
