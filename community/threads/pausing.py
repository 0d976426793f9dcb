"""Pausing what the software does by itself, for the whole site, a category, a thread or a customer; and going on again.

Whoever sends or acts without a person asks `standing_pause` at the moment it does so, not when it is queued. Account
mail (a sign-in code, a changed address) asks nobody: without it people are locked out.
"""

from datetime import datetime, timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Min, Q
from django.utils import timezone

from community.members.models import Member
from community.threads.models import Category, Pause, Thread
from community.threads.permissions import require

NO_WHY = "Say why: colleagues will read it while it is paused."
GONE_BY = "That time is over. Choose a later one, or none."


def standing_pause(
    *,
    thread: Thread | None = None,
    category: Category | None = None,
    customer: Member | None = None,
    now: datetime | None = None,
    by_hand_only: bool = False,
) -> Pause | None:
    """What holds this back now: the widest first (site, category, thread, customer). One query.

    A thread brings its category and, unless `customer` is named, who opened it. `by_hand_only`: a company reply
    pauses rules on its thread, but neither its own letter nor the question whether it helped; those ask so.
    """
    found = Pause.objects.standing(now or timezone.now()).filter(_places(thread, category, customer))
    if by_hand_only:
        found = found.by_hand()
    return min(found.select_related("category", "customer", "paused_by"), key=_narrowness, default=None)


def paused_lately(
    *, thread: Thread | None = None, customer: Member | None = None, within: timedelta, now: datetime
) -> datetime | None:
    """When the pauses began that a person set and that ended less than `within` ago; None if there was none.

    What a pause held back is late for that reason alone, and must not be thrown away as too old.
    """
    over = Pause.objects.by_hand().filter(_places(thread, None, customer))
    ended = over.filter(Q(lifted_at__gt=now - within) | Q(lifted_at=None, until__gt=now - within))
    return ended.aggregate(first=Min("paused_at"))["first"]


def _places(thread: Thread | None, category: Category | None, customer: Member | None) -> Q:
    """The site, and what is named."""
    places = Q(category=None, thread=None, customer=None)
    if thread is not None:
        places |= Q(thread=thread) | Q(category__in=Category.objects.filter(questions__thread=thread))
        places |= Q(customer=customer.pk if customer else thread.author_id)
    elif customer is not None:
        places |= Q(customer=customer)
    return places | Q(category=category) if category else places


def _narrowness(pause: Pause) -> tuple[int, bool, int]:
    place = 1 if pause.category_id else 2 if pause.thread_id else 3 if pause.customer_id else 0
    return place, pause.is_after_reply, pause.pk


def site_pause(now: datetime | None = None) -> Pause | None:
    """The big switch: None while automation is on."""
    return standing_pause(now=now)


def can_pause(member: Any, *, category: Category | None = None) -> bool:
    """Every responder stops the site, a thread or a customer at once: who sees the accident must not look for a
    manager first. A category is a plan, and managers make it.
    """
    return bool(member.is_manager if category else member.is_responder)


def can_lift(member: Any, pause: Pause) -> bool:
    """To start the site or a category again can wait for a manager, who knows why it was stopped."""
    return bool(member.is_responder if pause.thread_id or pause.customer_id else member.is_manager)


@transaction.atomic
def pause(
    *,
    by: Member,
    because: str,
    thread: Thread | None = None,
    category: Category | None = None,
    customer: Member | None = None,
    until: datetime | None = None,
    now: datetime | None = None,
) -> Pause:
    """Hold back what belongs to one thread, category or customer, or everything; without `until`, until it is lifted.

    Where a pause stands already that lasts as long, that one is returned: a second call never shortens the first.
    Raises PermissionDenied, and ValidationError without a reason or with an end that is over.
    """
    require(can_pause(by, category=category), "Managers pause a category. You can stop everything, or one thread.")
    now, because = now or timezone.now(), " ".join(because.split())[:200]
    if not because:
        raise ValidationError({"because": NO_WHY})
    if until and until <= now:
        raise ValidationError({"until": GONE_BY})
    wanted = Pause(
        thread=thread, category=category, customer=customer, because=because, paused_by=by, paused_at=now, until=until
    )
    return _keep_longest(wanted, now)


@transaction.atomic
def pause_after_reply(*, by: Member, thread: Thread, now: datetime | None = None) -> Pause:
    """A person of the company has taken over: rules leave this thread alone until the conversation is closed."""
    require(by.is_responder, "Only the company's staff reply as the company.")
    now = now or timezone.now()
    because = f"{by.name} replied as the company"
    wanted = Pause(thread=thread, because=because, paused_by=by, paused_at=now, is_after_reply=True)
    return _keep_longest(wanted, now)


def _keep_longest(wanted: Pause, now: datetime) -> Pause:
    same = Pause.objects.standing(now).same_place(wanted)
    for standing in same:
        if standing.until is None or (wanted.until and wanted.until <= standing.until):
            return standing
    same.update(lifted_at=now, lifted_by=wanted.paused_by)
    wanted.save()
    return wanted


@transaction.atomic
def lift(*, by: Member, pause: Pause, now: datetime | None = None) -> bool:
    """Go on again: lifts this pause and any other of the very same place. False if none stood. PermissionDenied."""
    require(can_lift(by, pause), "Managers start everything, or a category, again. Ask one of them.")
    now = now or timezone.now()
    return bool(Pause.objects.standing(now).same_place(pause).update(lifted_at=now, lifted_by=by))


def end_reply_pause(*, by: Member, thread: Thread, now: datetime | None = None) -> bool:
    """The conversation was closed: rules may act on this thread again, when something new happens in it."""
    now = now or timezone.now()
    after_reply = Pause.objects.standing(now).filter(thread=thread, is_after_reply=True)
    return bool(after_reply.update(lifted_at=now, lifted_by=by))
