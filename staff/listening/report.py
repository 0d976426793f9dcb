"""The two-week report: how much was said, where, in what tone, of which type, what was answered, and what came of it.

Every number is counted from rows read once, and opens the list by the same filters (staff.listening.standing).
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from math import ceil
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone

from staff.insights.tables import share
from staff.insights.waits import quantile, spoken
from staff.listening.pictures import Bar, Picture, draw
from staff.listening.standing import UNTYPED, Filters, state_of, with_verdicts
from staff.models import Conversation, ConversationType, Effect, Mention, Tone

TONES = {Tone.POSITIVE: "positive", Tone.NEUTRAL: "neutral", Tone.NEGATIVE: "negative"}
MOST = 20_000
LONGEST_BY_DAY = 31
LEGEND = tuple((key, Tone(tone).label) for tone, key in TONES.items())


@dataclass(frozen=True)
class Number:
    """`query` opens the mentions that it counts; words alone have none."""

    number: int = 0
    query: str = ""
    words: str = ""
    share: str = ""


@dataclass(frozen=True)
class Line:
    label: str
    cells: Sequence[Number]


@dataclass(frozen=True)
class Table:
    """The answer to one question, and its picture."""

    key: str
    title: str
    explanation: str
    columns: Sequence[str]
    lines: Sequence[Line]
    picture: Picture | None
    footnote: str = ""


Heard = Any  # a Mention with its conversation, customer_effect and staff_effect


def heard_in(found: QuerySet[Mention]) -> list[Heard]:
    """One query, newest first, at most 20,000."""
    return list(with_verdicts(found).select_related("source", "conversation").order_by("-seen_at", "-pk")[:MOST])


def tables(heard: Sequence[Heard], filters: Filters) -> list[Table]:
    return [_by_source(heard, filters), _by_type(heard, filters), _by_outcome(heard, filters), _by_day(heard, filters)]


def headlines(heard: Sequence[Heard], filters: Filters) -> list[tuple[str, Number]]:
    answered = [mention for mention in heard if _is_answered(mention)]
    waiting = [mention for mention in heard if _is_waiting(mention)]
    return [
        ("heard", _number(heard, filters)),
        ("answered", _number(answered, filters, whole=len(heard), answered="yes")),
        ("still waiting", _number(waiting, filters, answered="waiting")),
        ("until half were answered", _within(heard, 0.5)),
        ("until nine of ten were", _within(heard, 0.9)),
    ]


def _by_source(heard: Sequence[Heard], filters: Filters) -> Table:
    sources = sorted({(mention.source.name, mention.source_id) for mention in heard})
    groups = [(name, {"source": pk}, [m for m in heard if m.source_id == pk]) for name, pk in sources]
    columns = ["Heard", *(Tone(tone).label for tone in TONES), "Answered", "Still waiting", "Ended without an answer"]
    explanation = "Where it was said, and in what tone. The tone is a first measure, taken from the words."
    return _table("places", "Where, and in what tone", explanation, columns, groups, _source_cells, filters)


def _source_cells(found: list[Heard], filters: Filters) -> list[Number]:
    tones = [_number([m for m in found if m.tone == tone], filters, tone=int(tone)) for tone in TONES]
    return [_number(found, filters), *tones, *_answer_cells(found, filters)]


def _answer_cells(found: list[Heard], filters: Filters) -> list[Number]:
    answered = [m for m in found if _is_answered(m)]
    waiting = [m for m in found if _is_waiting(m)]
    ended = [m for m in found if not _is_answered(m) and not _is_waiting(m)]
    return [
        _number(answered, filters, whole=len(found), answered="yes"),
        _number(waiting, filters, answered="waiting"),
        _number(ended, filters, answered="ended"),
    ]


def _by_type(heard: Sequence[Heard], filters: Filters) -> Table:
    kinds = [*((str(label), value) for value, label in ConversationType.choices), ("Not typed", UNTYPED)]
    groups = [
        (label, {"type": value}, [m for m in heard if (m.conversation.shown_type or UNTYPED) == value])
        for label, value in kinds
    ]
    columns = ["Heard", "Answered", "Still waiting", "Ended without an answer", "Half answered within", "Nine of ten"]
    explanation = "Which of the five, confirmed by a person or else suggested, and how fast we answered."
    footnote = (
        "Time runs from when we heard of it to when the reply was posted there. Who still waits counts as longer than "
        "any, so silence can't make a figure better."
    )
    groups = [group for group in groups if group[2]]
    return _table("types", "What it was about", explanation, columns, groups, _type_cells, filters, footnote)


def _type_cells(found: list[Heard], filters: Filters) -> list[Number]:
    return [_number(found, filters), *_answer_cells(found, filters), _within(found, 0.5), _within(found, 0.9)]


def _by_outcome(heard: Sequence[Heard], filters: Filters) -> Table:
    answered = [m for m in heard if _is_answered(m)]
    lines = [
        Line(
            str(label),
            [
                _number([m for m in answered if (m.customer_effect or "unknown") == value], filters, outcome=value),
                _number([m for m in answered if (m.staff_effect or "unknown") == value], filters, judged=value),
            ],
        )
        for value, label in Effect.choices
    ]
    bars = [
        Bar(side, [(value, sum((getattr(m, name) or "unknown") == value for m in answered)) for value in Effect.values])
        for side, name in (("The customer shows it", "customer_effect"), ("Staff judge it", "staff_effect"))
    ]
    legend = tuple((str(value), str(label)) for value, label in Effect.choices)
    explanation = "Of what we answered: what the customer shows, beside what staff judge. The two are never added up."
    columns = ["The customer shows it", "Staff judge it"]
    title = "What came of it"
    return Table("outcomes", title, explanation, columns, lines, draw(title, bars, legend))


def _by_day(heard: Sequence[Heard], filters: Filters) -> Table:
    """By day where the period is short, else by week."""
    groups = [
        (f"{first:%-d %b}", {"first": first, "last": last}, [m for m in heard if first <= _day_of(m) <= last])
        for first, last in _stretches(heard, filters)
    ]
    return _table("days", "When", "When we heard of it.", ["Heard", "Answered"], groups, _day_cells, filters)


def _day_cells(found: list[Heard], filters: Filters) -> list[Number]:
    return [_number(found, filters), _number([m for m in found if _is_answered(m)], filters, answered="yes")]


def _stretches(heard: Sequence[Heard], filters: Filters) -> list[tuple[date, date]]:
    """(first day, last day) each, oldest first, up to today; at most 60."""
    today = timezone.localdate()
    oldest = timezone.localdate(filters.since) if filters.since else _day_of(heard[-1]) if heard else today
    step = 1 if (today - oldest).days < LONGEST_BY_DAY else 7
    count = min(60, ceil(((today - oldest).days + 1) / step))
    ends = [today - timedelta(days=step * nth) for nth in range(count)]
    return [(end - timedelta(days=step - 1), end) for end in reversed(ends)]


def _day_of(mention: Heard) -> date:
    return timezone.localdate(mention.seen_at)


def _table(
    key: str,
    title: str,
    explanation: str,
    columns: Sequence[str],
    groups: Sequence[tuple[str, dict[str, Any] | None, list[Heard]]],
    cells: Callable[[list[Heard], Filters], list[Number]],
    filters: Filters,
    footnote: str = "",
) -> Table:
    """A line a group, and a bar of tones."""
    lines = [Line(label, cells(found, replace(filters, **(chosen or {})))) for label, chosen, found in groups]
    bars = [
        Bar(label, [(kind, sum(m.tone == tone for m in found)) for tone, kind in TONES.items()])
        for label, _, found in groups
    ]
    return Table(key, title, explanation, columns, lines, draw(title, bars, LEGEND), footnote)


def _number(found: Sequence[Heard], filters: Filters, *, whole: int = 0, **chosen: Any) -> Number:
    return Number(len(found), filters.query(**chosen), share=share(len(found), whole))


def _is_answered(mention: Heard) -> bool:
    return mention.conversation.first_company_response_at is not None


def _is_waiting(mention: Heard) -> bool:
    return not _is_answered(mention) and mention.conversation.state == Conversation.State.WAITING


def _waits(found: Sequence[Heard]) -> list[timedelta | None]:
    """How long each waited for our first word; None: it still waits. What ended without one waited for nothing."""
    return [
        m.conversation.first_company_response_at - m.seen_at if _is_answered(m) else None
        for m in found
        if _is_answered(m) or _is_waiting(m)
    ]


def _within(found: Sequence[Heard], share_of: float) -> Number:
    """How long that share of them waited for our first word, at most."""
    waits = _waits(found)
    known = sorted(wait for wait in waits if wait is not None)
    return Number(words=spoken(quantile(known, len(waits), share_of)))


COLUMNS = (
    "Heard", "Published", "Source", "Author", "Address", "Title", "Text", "Tone", "Type", "Keywords", "State",
    "Answered", "The customer shows", "Staff judge",
)  # fmt: skip


def as_rows(heard: Sequence[Heard]) -> list[list[object]]:
    """For the file: a row a mention."""
    return [
        [
            m.seen_at.isoformat(timespec="minutes"),
            m.published_at.isoformat(timespec="minutes") if m.published_at else "",
            m.source.name,
            m.author,
            m.url,
            m.title,
            m.text,
            m.get_tone_display(),
            m.conversation.shown_type,
            "; ".join(words for _, words in m.keywords),
            state_of(m.conversation),
            m.conversation.first_company_response_at.isoformat(timespec="minutes") if _is_answered(m) else "",
            m.customer_effect or "",
            m.staff_effect or "",
        ]
        for m in heard
    ]
