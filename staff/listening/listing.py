"""The list of mentions: what a row shows, and what can be chosen."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from staff.listening.keywords import LABELS
from staff.listening.standing import PERIODS, REPLIES, STATES, UNTYPED, Filters, state_of
from staff.models import ConversationType, Mention, Source, Tone


@dataclass(frozen=True)
class ShownMention:
    """`type` is what a person confirmed, else what is suggested (`is_suggested`)."""

    mention: Mention
    state: str
    state_label: str
    type_label: str
    is_suggested: bool


@dataclass(frozen=True)
class Choice:
    """One select of the filter form: (value, label, is chosen) each."""

    name: str
    label: str
    options: list[tuple[Any, str, bool]]


def listed(found: QuerySet[Mention]) -> QuerySet[Mention]:
    """With all that a row shows."""
    return found.select_related("source", "conversation__assigned_to")


def shown(found: Iterable[Mention]) -> list[ShownMention]:
    """What `listed` gave, as rows."""
    return [_show(mention) for mention in found]


def _show(mention: Mention) -> ShownMention:
    conversation = mention.conversation
    state = state_of(conversation)
    kind = conversation.type or conversation.type_suggested
    label = ConversationType(kind).label if kind else ""
    return ShownMention(mention, state, STATES[state][0], label, not conversation.type)


def choices_of(filters: Filters) -> list[Choice]:
    types = [*ConversationType.choices, (UNTYPED, "Not typed")]
    sources = list(Source.objects.filter(mentions__isnull=False).distinct().values_list("pk", "name"))
    return [
        _choice("state", "State", _labels(STATES), filters.state),
        _choice("source", "Source", sources, filters.source),
        _choice("tone", "Tone", Tone.choices, filters.tone),
        _choice("type", "Type", types, filters.type),
        _choice("keyword", "Speaks of", LABELS.items(), filters.keyword),
        _choice("answered", "Answer", _labels(REPLIES), filters.answered),
        _choice("days", "Heard in", [item for item in PERIODS.items() if item[0]], filters.days),
    ]


def _labels(choices: dict[str, Any]) -> list[tuple[str, str]]:
    return [(key, label) for key, (label, _) in choices.items()]


def _choice(name: str, label: str, options: Iterable[tuple[Any, str]], chosen: Any) -> Choice:
    return Choice(name, label, [(value, words, value == chosen) for value, words in options])
