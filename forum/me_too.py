"""“I have this question too”: said once by a member, or by a stranger through the mark in their cookie."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from django.db import transaction

from community.members.limits import Rate, enforce, take_seat
from community.members.models import Member
from community.threads.models import Edition, Thread
from community.threads.permissions import require
from forum.models import MeToo, Question
from forum.permissions import can_have_too

A_DAY = Rate(50, timedelta(days=1), "You have said so of 50 questions today.")
BACK_AND_FORTH = Rate(10, timedelta(minutes=10), "You have said so and taken it back many times just now.")
FROM_ONE_ADDRESS = Rate(10, timedelta(hours=1), "Many people have said so from where you are.")

Who = Member | UUID


@transaction.atomic
def have_too(*, by: Who, question: Question, address: str = "") -> bool:
    """Count `by` among those who have the question. False if they are. Raises PermissionDenied or TooSoon.

    A stranger (a UUID) also comes from a network `address`, which may say so 10 times in an hour.
    """
    require(can_have_too(by, question), "This is your own question, or it can't be read by everybody.")
    _lock(question)
    if MeToo.objects.filter(question=question, **_whose(by)).exists():
        return False
    if isinstance(by, Member):
        enforce(A_DAY, MeToo.objects.filter(member=by))
    else:
        take_seat(f"me-too:{address}", FROM_ONE_ADDRESS)
    MeToo.objects.create(question=question, **_whose(by))
    _recount(question)
    return True


@transaction.atomic
def have_no_more(*, by: Who, question: Question) -> bool:
    """Take it back. False if it was not said. Raises TooSoon."""
    _lock(question)
    said = MeToo.objects.filter(question=question, **_whose(by))
    if not said.exists():
        return False
    take_seat(f"not-me-too:{by.pk if isinstance(by, Member) else by}", BACK_AND_FORTH)
    said.delete()
    _recount(question)
    return True


@transaction.atomic
def claim(*, by: Member, visitor: UUID) -> int:
    """What a stranger said becomes the member's, once they have signed in. Returns how many questions that were."""
    said = list(MeToo.objects.filter(visitor=visitor).select_related("question__thread"))
    for one in said:
        _lock(one.question)
        is_own = one.question.thread.author_id == by.pk
        if is_own or MeToo.objects.filter(question=one.question_id, member=by).exists():
            one.delete()
            _recount(one.question)
        else:
            MeToo.objects.filter(pk=one.pk).update(member=by, visitor=None)
    return len(said)


def _whose(by: Who) -> dict[str, Any]:
    return {"member": by} if isinstance(by, Member) else {"visitor": by}


def _lock(question: Question) -> None:
    """Two people at once count one after the other, and a double click once."""
    Thread.objects.select_for_update(no_key=True).values_list("pk").get(pk=question.pk)


def _recount(question: Question) -> None:
    question.me_too_count = MeToo.objects.filter(question=question).count()
    question.save(update_fields=["me_too_count"])
    Edition.advance()
