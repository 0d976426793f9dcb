"""The queue's views: who needs us, in which order, and how each row stands against its clock."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Count, Q

from community.members.models import Member
from staff.models import Conversation, ConversationType
from staff.models.conversation import ConversationQuerySet

ROWS = 25
WARN_AT_SHARE, WARN_BEFORE = 0.75, timedelta(minutes=15)
State = Conversation.State
WAITS = Q(state=State.WAITING)


@dataclass(frozen=True)
class QueueView:
    key: str
    label: str
    condition: Callable[[Member, datetime], Q]
    empty: str
    is_by_due_time: bool = True


def _mine(member: Member, now: datetime) -> Q:
    return Q(claimed_by=member, claimed_until__gt=now)


VIEWS = (
    QueueView("needs", "Needs a reply", lambda _m, _n: WAITS, "Nobody waits for us. Well done."),
    QueueView(
        "unclaimed",
        "Unclaimed",
        lambda _m, now: WAITS & (Q(claimed_until=None) | Q(claimed_until__lte=now)),
        "Everything that waits has somebody on it.",
    ),
    QueueView("mine", "Mine", _mine, "You have claimed nothing. Take one with “Claim” or the key c."),
    QueueView("overdue", "Overdue", lambda _m, now: WAITS & Q(due_at__lt=now), "Nothing is late."),
    QueueView(
        "customer", "Waiting for customer", lambda _m, _n: Q(state=State.ANSWERED), "No customer owes us a word.", False
    ),
    QueueView("closed", "Ended", lambda _m, _n: Q(state__in=Conversation.ENDED), "Nothing has been closed yet.", False),
    QueueView(
        "all", "All", lambda _m, _n: Q(), "No conversation yet. They open when a thread needs the company.", False
    ),
)
BY_KEY = {view.key: view for view in VIEWS}


@dataclass(frozen=True)
class Row:
    conversation: Conversation
    clock: str
    holder: Any
    is_current: bool


@dataclass(frozen=True)
class Filters:
    """What the address asks for; anything unknown is as if it were not there."""

    view: QueueView = VIEWS[0]
    type: str = ""

    @classmethod
    def of(cls, query: Any) -> "Filters":
        kind = query.get("type", "")
        return cls(BY_KEY.get(query.get("view", ""), VIEWS[0]), kind if kind in ConversationType.values else "")

    @property
    def query(self) -> str:
        """For links that keep the filters: ends in “&” unless empty."""
        parts = {"view": self.view.key if self.view is not VIEWS[0] else "", "type": self.type}
        return "".join(f"{name}={value}&" for name, value in parts.items() if value)


def conversations(filters: Filters, member: Member, now: datetime) -> ConversationQuerySet:
    """In the queue's order: what is due first; what waits for nobody, newest first."""
    chosen = Conversation.objects.queued_for(member).filter(filters.view.condition(member, now))
    if filters.type:
        chosen = chosen.filter(of_type(filters.type))
    return (
        chosen.order_by("due_at", "-priority", "pk")
        if filters.view.is_by_due_time
        else chosen.order_by("-opened_at", "-pk")
    )


def of_type(kind: str) -> Q:
    """Typed so, or not yet typed and suggested so."""
    return Q(type=kind) | Q(type="", type_suggested=kind)


def count_views(member: Member, now: datetime) -> dict[str, int]:
    """How many each view holds, types (of what needs a reply) included; one query."""
    amounts = {view.key: Count("pk", filter=view.condition(member, now) or None) for view in VIEWS}
    amounts |= {kind: Count("pk", filter=WAITS & of_type(kind)) for kind in ConversationType.values}
    return Conversation.objects.queued_for(member).aggregate(**amounts)


def rows(chosen: Any, member: Member, now: datetime, current: int | None = None) -> list[Row]:
    """The conversations of a page, ready to be drawn; what was hidden a second ago is left out."""
    return [
        Row(conversation, clock_of(conversation, now), conversation.holder(now), conversation.pk == current)
        for conversation in chosen
        if conversation.thread.is_published or member.is_moderator
    ]


def clock_of(conversation: Conversation, now: datetime) -> str:
    """late, soon (three quarters gone, or 15 minutes left), ok or none."""
    due, since = conversation.due_at, conversation.waiting_since
    if due is None or since is None:
        return "none"
    if due <= now:
        return "late"
    is_soon = due - now <= WARN_BEFORE or now - since >= WARN_AT_SHARE * (due - since)
    return "soon" if is_soon else "ok"
