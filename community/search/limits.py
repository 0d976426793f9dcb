"""How often somebody without an account may search: 15 times in any minute from one address."""

from datetime import timedelta
from random import sample
from time import time

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest

from community.members.limits import TooSoon
from community.members.visitors import visitor_of

SECONDS = 60
SUGGESTIONS_A_MINUTE = 60
COMPLETIONS_A_MINUTE = 120


def enforce_search_rate(request: HttpRequest) -> None:
    """Raise TooSoon, saying when to try again. Members are not counted."""
    _enforce(request, "search", settings.SEARCHES_A_MINUTE, "You have searched many times in a minute.")


def enforce_suggestion_rate(request: HttpRequest) -> None:
    """The same for what is looked up while somebody types."""
    _enforce(request, "similar", SUGGESTIONS_A_MINUTE, "That was a lot of typing for a minute.")


def enforce_completion_rate(request: HttpRequest) -> None:
    """The same for what is looked up while somebody types a search."""
    _enforce(request, "complete", COMPLETIONS_A_MINUTE, "That was a lot of typing for a minute.")


def _enforce(request: HttpRequest, act: str, most: int, sentence: str) -> None:
    """Take one of `most` seats, each of which is free again after a minute. 0 means no limit.

    The cache's `add` is atomic where `incr` may not be, so two requests at once never share a seat.
    """
    if request.user.is_authenticated or not most:
        return
    seats = {f"{act}:{visitor_of(request)}:{number}": number for number in range(most)}
    taken = cache.get_many(seats)
    free = [seat for seat in seats if seat not in taken]
    if not any(cache.add(seat, time() + SECONDS, SECONDS) for seat in sample(free, len(free))):
        soonest = min(taken.values(), default=time() + 1)
        raise TooSoon(sentence, timedelta(seconds=soonest - time()))
