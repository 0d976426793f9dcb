"""What can set a rule off: one thing that happened in one conversation, and what happened in the last 30 days."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import F

from community.threads.models import Post
from staff.models import Conversation, Message, Reason, Rule, SlaEvent


@dataclass(frozen=True)
class Happening:
    """`key` names it, the same each time (see staff.automation.acting.consider)."""

    conversation: int
    event: str
    key: str
    at: datetime

    @property
    def kind(self) -> str:
        """“post” of “post:12”; of a raised reason its kind."""
        return self.key.partition(":")[0]

    @property
    def number(self) -> int | None:
        """12 of “post:12”."""
        number = self.key.split(":")[1] if ":" in self.key else ""
        return int(number) if number.isdigit() else None

    @property
    def is_work_of_rules(self) -> bool:
        return self.event == Rule.Event.REASON_RAISED and self.kind == Reason.Kind.RULE


def happened(event: str, *, since: datetime, most: int) -> list[Happening]:
    """What would have been put to rules since then, the newest first, at most `most`."""
    found = sorted(_READERS[Rule.Event(event)](since, most), key=lambda one: (one.at, one.key), reverse=True)
    return found[:most]


def _opened(since: datetime, most: int) -> list[Happening]:
    rows = Conversation.objects.filter(opened_at__gte=since).order_by("-opened_at").values_list("pk", "opened_at")
    return [Happening(pk, Rule.Event.OPENED, "opened", at) for pk, at in rows[:most]]


def _customer_wrote(since: datetime, most: int) -> list[Happening]:
    posts = (
        Post.objects.published()
        .filter(created_at__gte=since, thread__conversation__isnull=False, author__is_staff=False)
        .exclude(source=Post.Source.IMPORT)
        .order_by("-created_at")
        .values_list("pk", "thread__conversation", "created_at")
    )
    messages = (
        Message.objects.from_customer()
        .filter(created_at__gte=since)
        .order_by("-created_at")
        .values_list("pk", "conversation", "created_at")
    )
    event = Rule.Event.CUSTOMER_WROTE
    return [
        *(Happening(conversation, event, f"post:{pk}", at) for pk, conversation, at in posts[:most]),
        *(Happening(conversation, event, f"message:{pk}", at) for pk, conversation, at in messages[:most]),
    ]


def _reason_raised(since: datetime, most: int) -> list[Happening]:
    rows = Reason.objects.filter(raised_at__gte=since).exclude(kind=Reason.Kind.RULE).order_by("-raised_at")
    return [
        Happening(row.conversation_id, Rule.Event.REASON_RAISED, key_of_reason(row), row.raised_at)
        for row in rows[:most]
    ]


def key_of_reason(reason: Reason) -> str:
    """Raised again later it is something new."""
    return f"{reason.kind}:{reason.post_id or reason.message_id or 0}:{reason.raised_at.isoformat()}"


def _clock_warned(since: datetime, most: int) -> list[Happening]:
    rows = SlaEvent.objects.filter(kind=SlaEvent.Kind.WARNED, at__gte=since).order_by("-at")
    values = rows.values_list("pk", "conversation", "at")[:most]
    return [Happening(conversation, Rule.Event.CLOCK_WARNED, f"clock:{pk}", at) for pk, conversation, at in values]


def _closed(since: datetime, most: int) -> list[Happening]:
    rows = Conversation.objects.filter(closed_at__gte=since).order_by("-closed_at").values_list("pk", F("closed_at"))
    return [Happening(pk, Rule.Event.CLOSED, f"closed:{at.isoformat()}", at) for pk, at in rows[:most]]


_READERS: dict[Rule.Event, Callable[[datetime, int], list[Happening]]] = {
    Rule.Event.OPENED: _opened,
    Rule.Event.CUSTOMER_WROTE: _customer_wrote,
    Rule.Event.REASON_RAISED: _reason_raised,
    Rule.Event.CLOCK_WARNED: _clock_warned,
    Rule.Event.CLOSED: _closed,
}
