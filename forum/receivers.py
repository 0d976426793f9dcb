"""What this room does when something happens below, at once: no list is wrong while the worker is down."""

from typing import Any

from django.contrib.auth.signals import user_logged_in
from django.dispatch import receiver
from django.http import HttpRequest

from community.members.models import Member
from community.threads.events import post_published, post_revised, post_withdrawn
from forum.hearing import hear
from forum.me_too import claim
from forum.solving import drop_unreadable_answer
from forum.strangers import mark_of


@receiver(post_withdrawn)
def unsolve(post_id: int, **_: Any) -> None:
    drop_unreadable_answer(post_id=post_id)


@receiver(post_published)
@receiver(post_revised)
def end_waiting(post_id: int, **_: Any) -> None:
    hear(post_id=post_id)


@receiver(user_logged_in)
def make_it_theirs(request: HttpRequest | None, user: Member, **_: Any) -> None:
    """What they said as a stranger is theirs from now on."""
    mark = mark_of(request) if request else None
    if mark:
        claim(by=user, visitor=mark)
