"""Which mentions a page shows: where each stands, and what may be asked for. The list and the report count the same."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any
from urllib.parse import urlencode

from django.db.models import OuterRef, Q, QuerySet, Subquery
from django.utils import timezone

from staff.listening.keywords import LABELS
from staff.models import Conversation, ConversationType, Effect, Mention, Outcome, Tone

State = Conversation.State
_WAITS = Q(conversation__state=State.WAITING)
_TOUCHED = Q(conversation__type_confirmed_by__isnull=False) | Q(conversation__assigned_to__isnull=False)
_ANSWERED = Q(conversation__first_company_response_at__isnull=False)
# A conversation that nothing keeps waiting and nobody ended: replied to, or else settled as if no reply were needed.
_AT_REST = Q(conversation__state__in=(State.ANSWERED, State.SETTLED))
STATES: dict[str, tuple[str, Q]] = {
    "new": ("New", _WAITS & ~_TOUCHED),
    "triaged": ("Triaged", _WAITS & _TOUCHED),
    "replied": ("Replied", _AT_REST & _ANSWERED),
    "no_reply": (
        "No reply needed",
        Q(conversation__state=State.NO_REPLY_NEEDED) | (Q(conversation__state=State.SETTLED) & ~_ANSWERED),
    ),
    "closed": ("Closed", Q(conversation__state=State.CLOSED)),
}
REPLIES: dict[str, tuple[str, Q]] = {
    "yes": ("Answered", _ANSWERED),
    "no": ("Not answered", ~_ANSWERED),
    "waiting": ("Still waiting", ~_ANSWERED & _WAITS),
    "ended": ("Ended without an answer", ~_ANSWERED & ~_WAITS),
}
PERIODS = {7: "7 days", 14: "14 days", 30: "30 days", 90: "90 days", 0: "All time"}
UNTYPED = "none"


@dataclass(frozen=True)
class Filters:
    """What the address asks for; whatever it says wrongly is left out. `days` 0 is all time."""

    days: int = 0
    source: int | None = None
    tone: int | None = None
    type: str = ""
    state: str = ""
    answered: str = ""
    keyword: str = ""
    outcome: str = ""
    judged: str = ""
    first: date | None = None
    last: date | None = None
    text: str = ""

    @classmethod
    def of(cls, query: Mapping[str, str], *, days: int = 0) -> "Filters":
        """`days` is the period where the address names none."""
        types = {*ConversationType.values, UNTYPED}
        return cls(
            days=_number(query.get("days"), PERIODS, days) or 0,
            source=_number(query.get("source"), None, None),
            tone=_number(query.get("tone"), Tone.values, None),
            type=_word(query.get("type"), types),
            state=_word(query.get("state"), STATES),
            answered=_word(query.get("answered"), REPLIES),
            keyword=_word(query.get("keyword"), LABELS),
            outcome=_word(query.get("outcome"), Effect.values),
            judged=_word(query.get("judged"), Effect.values),
            first=_day(query.get("first")),
            last=_day(query.get("last")),
            text=" ".join(query.get("q", "").replace("\0", "").split())[:100],
        )

    def query(self, **changes: Any) -> str:
        """The address's query for these filters with `changes`; None takes one out."""
        names = ("days", "source", "tone", "type", "state", "answered", "keyword", "outcome", "judged", "first", "last")
        values = {name: getattr(self, name) for name in names} | {"q": self.text} | changes
        return urlencode({name: value for name, value in values.items() if value not in (None, "")})

    @property
    def since(self) -> datetime | None:
        return timezone.now() - timedelta(days=self.days) if self.days else None


def mentions(filters: Filters, member: Any) -> QuerySet[Mention]:
    """What `member` may see of what was asked for, newest first."""
    found = Mention.objects.all() if getattr(member, "is_desk_reader", False) else Mention.objects.none()
    if filters.since:
        found = found.filter(seen_at__gte=filters.since)
    if filters.first:
        found = found.filter(seen_at__gte=_midnight(filters.first))
    if filters.last:
        found = found.filter(seen_at__lt=_midnight(filters.last + timedelta(days=1)))
    if filters.source is not None:
        found = found.filter(source=filters.source)
    if filters.tone is not None:
        found = found.filter(tone=filters.tone)
    if filters.type:
        found = found.filter(shown_as(filters.type))
    for chosen, choices in ((filters.state, STATES), (filters.answered, REPLIES)):
        if chosen:
            found = found.filter(choices[chosen][1])
    return _worded(_ended(found, filters), filters)


def shown_as(kind: str) -> Q:
    """The type that a person confirmed, else the one suggested."""
    wanted = "" if kind == UNTYPED else kind
    return Q(conversation__shown_type=wanted)


def with_verdicts(found: QuerySet[Mention]) -> QuerySet[Mention]:
    """Each with `customer_effect` and `staff_effect`: the newest that each side knows, None where it knows nothing."""
    known = (
        Outcome.objects.standing().filter(message__conversation__mention=OuterRef("pk")).exclude(effect=Effect.UNKNOWN)
    )
    newest = known.order_by("-recorded_at", "-pk")
    return found.annotate(
        customer_effect=Subquery(newest.customer_evidence().values("effect")[:1]),
        staff_effect=Subquery(newest.staff_judgement().values("effect")[:1]),
    )


def _ended(found: QuerySet[Mention], filters: Filters) -> QuerySet[Mention]:
    """Of what was answered: by what the customer showed, and by what staff judged. Never added up."""
    for chosen, column in ((filters.outcome, "customer_effect"), (filters.judged, "staff_effect")):
        if chosen:
            found = with_verdicts(found).filter(_ANSWERED)
            found = found.filter(**{column: None if chosen == Effect.UNKNOWN else chosen})
    return found


def _worded(found: QuerySet[Mention], filters: Filters) -> QuerySet[Mention]:
    if filters.keyword:
        found = found.filter(keywords__icontains=f'"{filters.keyword}"')
    if filters.text:
        words = Q(text__icontains=filters.text) | Q(title__icontains=filters.text) | Q(author__icontains=filters.text)
        found = found.filter(words)
    return found


def _number(text: str | None, choices: Any, otherwise: int | None) -> int | None:
    try:
        number = int(text or "")
    except ValueError:
        return otherwise
    return (
        number if (choices is None and 0 < number < 2**31) or (choices is not None and number in choices) else otherwise
    )


def _day(text: str | None) -> date | None:
    """Years that every database and time zone can hold."""
    try:
        day = date.fromisoformat(text or "")
    except ValueError:
        return None
    return day if 1970 <= day.year <= 2200 else None


def _midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time()))


def _word(text: str | None, choices: Any) -> str:
    return text if text and text in choices else ""


def state_of(conversation: Conversation) -> str:
    """The same as STATES says, of one row."""
    is_answered = conversation.first_company_response_at is not None
    if conversation.state == State.WAITING:
        is_touched = conversation.type_confirmed_by_id or conversation.assigned_to_id
        return "triaged" if is_touched else "new"
    if conversation.state == State.CLOSED:
        return "closed"
    is_dismissed = conversation.state == State.NO_REPLY_NEEDED or not is_answered
    return "no_reply" if is_dismissed else "replied"
