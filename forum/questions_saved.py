"""“This answers it”: what somebody was about to ask stands here already. Counted as a question saved."""

from datetime import timedelta

from django.core.cache import cache
from django.utils import timezone

from community.members.limits import Rate, take_seat
from community.members.models import Member
from community.threads.models import Thread
from forum.models import AnswerFound

ONCE_IN = timedelta(days=1)
FROM_ONE_PERSON = Rate(30, timedelta(hours=1), "Many answers were found from here within an hour.")


def found_answer(*, by: Member | None, thread: Thread, title: str, visitor: str) -> bool:
    """Note that `thread` answers what was going to be asked as `title`. False if they said so within a day.

    `visitor` (of members.visitors) tells apart those who have not signed in. Raises TooSoon.
    """
    if by and AnswerFound.objects.filter(member=by, thread=thread, created_at__gt=timezone.now() - ONCE_IN).exists():
        return False
    if not by and cache.get(f"answer-found:{visitor}:{thread.pk}"):
        return False
    take_seat(f"answers-found-by:{by.pk if by else visitor}", FROM_ONE_PERSON)
    if not by and not cache.add(f"answer-found:{visitor}:{thread.pk}", True, int(ONCE_IN.total_seconds())):
        return False
    AnswerFound.objects.create(member=by, thread=thread, title=title[:150])
    return True
