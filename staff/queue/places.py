"""The queue's views: each is one stretch of one index (see Conversation.Meta.indexes)."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Q

from community.members.models import Member
from staff.models import Conversation

SOON = timedelta(hours=2)
Place = Conversation.Place
WAITS = Q(place=Place.WAITING)
Condition = Callable[[Member, datetime], Q]


@dataclass(frozen=True)
class QueueView:
    """`order` is a key of staff.queue.choosing.ORDERS; views by "due" can be sorted otherwise."""

    key: str
    label: str
    condition: Condition
    empty: str
    order: str = "due"


def _mine(member: Member, now: datetime) -> Q:
    """What I was given, and what I have in hand just now. Two indexes say which; the queue is not gone through."""
    numbers = Conversation.objects.order_by().values("pk")
    given = numbers.filter(WAITS, assigned_to=member)
    return WAITS & Q(pk__in=given.union(numbers.filter(claimed_by=member, claimed_until__gt=now)))


def _unassigned(_member: Member, now: datetime) -> Q:
    return WAITS & Q(assigned_to=None) & (Q(claimed_until=None) | Q(claimed_until__lte=now))


def _soon(_member: Member, now: datetime) -> Q:
    return WAITS & Q(due_at__gte=now, due_at__lt=now + SOON)


def _snoozed(_member: Member, _now: datetime) -> Q:
    return Q(snoozed_until__isnull=False, state__in=(Conversation.State.WAITING, Conversation.State.ANSWERED))


def _in(place: str) -> Condition:
    return lambda _member, _now: Q(place=place)


VIEWS = (
    QueueView("needs", "Needs a reply", _in(Place.WAITING), "Nobody waits for us. Well done."),
    QueueView("mine", "Mine", _mine, "You have nothing in hand. Claim one, or let a colleague assign one to you."),
    QueueView("unassigned", "Unassigned", _unassigned, "Everything that waits has somebody on it."),
    QueueView("soon", "Due within 2 hours", _soon, "Nothing is due in the next two hours."),
    QueueView("overdue", "Late", lambda _m, now: WAITS & Q(due_at__lt=now), "Nothing is late."),
    QueueView("customer", "Waiting for customer", _in(Place.ANSWERED), "No customer owes us a word.", "newest"),
    QueueView("snoozed", "Snoozed", _snoozed, "Nothing has been put off.", "woken"),
    QueueView("thanks", "Worth a thank-you", _in(Place.THANKS), "No praise has been left unthanked.", "newest"),
    QueueView("closed", "Ended", _in(Place.ENDED), "Nothing has been closed yet.", "newest"),
    QueueView(
        "all",
        "All",
        lambda _m, _n: Q(),
        "No conversation yet. They open when a thread needs the company.",
        "everything",
    ),
)
BY_KEY = {view.key: view for view in VIEWS}
