"""What a rule may ask for. All of its conditions must hold. A new one is one entry here and a field in the rule's form.

A condition is stored as its key and value in Rule.conditions (JSON): lists mean any of them.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from community.members.models import TrustLevel
from community.products.models import Product
from community.threads.models import Category
from staff.automation.facts import ORIGINS, Facts
from staff.models import ConversationType, Reason, Tone
from staff.triage.tone import tone_of


@dataclass(frozen=True)
class Condition:
    """`holds(value, facts)`; `says(value)` completes “Only where …”."""

    holds: Callable[[Any, Facts], bool]
    says: Callable[[Any], str]


def unknown(conditions: Mapping[str, Any]) -> list[str]:
    """Conditions that nobody here can check. A rule that has one holds nowhere."""
    return [key for key in conditions if key not in CONDITIONS]


def all_hold(conditions: Mapping[str, Any], facts: Facts) -> bool:
    """Pure. Without conditions: always. An unknown one raises KeyError: better nothing than the wrong thing."""
    return all(CONDITIONS[key].holds(value, facts) for key, value in conditions.items())


def sentences(conditions: Mapping[str, Any]) -> list[str]:
    """In the order of this file, each completing “Only where …”."""
    return [condition.says(conditions[key]) for key, condition in CONDITIONS.items() if key in conditions]


def words_in(words: Sequence[str], text: str) -> list[str]:
    """Those of `words` that stand in `text`, as written there; case and line ends don't matter, whole words do."""
    return [match.group() for match in _pattern(tuple(words)).finditer(text)] if words else []


@lru_cache(maxsize=256)
def _pattern(words: tuple[str, ...]) -> re.Pattern[str]:
    ways = "|".join(r"\s+".join(map(re.escape, word.split())) for word in sorted(words, key=len, reverse=True))
    return re.compile(rf"(?<!\w)(?:{ways})(?!\w)", re.IGNORECASE)


def _any(names: Sequence[str]) -> str:
    *firsts, last = names or ["nothing that exists"]
    return f"{', '.join(firsts)} or {last}" if firsts else last


def _labels(choices: Mapping[Any, str]) -> Callable[[Sequence[Any]], str]:
    return lambda values: _any([choices.get(value, "something that is gone") for value in values])


def _quoted(words: Sequence[str]) -> str:
    return _any([f"“{word}”" for word in words])


def _names(model: type[Product] | type[Category], ids: Sequence[int]) -> str:
    rows = model._default_manager.in_bulk(list(ids))
    return _any([str(rows.get(pk, "one that is gone")) for pk in ids])


def _type_label(values: Sequence[str]) -> str:
    return _labels(dict(ConversationType.choices))(values).lower()


def _reason_label(values: Sequence[str]) -> str:
    return _any([f"“{label}”" for label in (dict(Reason.Kind.choices).get(value, value) for value in values)])


CONDITIONS: dict[str, Condition] = {
    "origins": Condition(
        lambda values, facts: facts.origin in values,
        lambda values: f"it began with {_labels(ORIGINS)(values).lower()}",
    ),
    "types": Condition(
        lambda values, facts: facts.type in values,
        lambda values: f"its type is {_type_label(values)}",
    ),
    "reasons": Condition(
        lambda values, facts: not facts.reasons.isdisjoint(values),
        lambda values: f"a reason is {_reason_label(values)}",
    ),
    "products": Condition(
        lambda values, facts: facts.product in values,
        lambda values: f"it is about {_names(Product, values)}",
    ),
    "categories": Condition(
        lambda values, facts: facts.category in values,
        lambda values: f"it is filed under {_names(Category, values)}",
    ),
    "words": Condition(
        lambda values, facts: bool(words_in(values, facts.text)),
        lambda values: f"the text says {_quoted(values)}",
    ),
    "tones": Condition(
        lambda values, facts: tone_of(facts.text) in values,
        lambda values: f"the tone is {_labels(dict(Tone.choices))(values).lower()}",
    ),
    "most_stars": Condition(
        lambda value, facts: facts.stars is not None and facts.stars <= value,
        lambda value: f"the review has {value} star{'' if value == 1 else 's or fewer'}",
    ),
    "least_priority": Condition(
        lambda value, facts: facts.priority >= value,
        lambda value: f"its priority is at least {value}",
    ),
    "trust": Condition(
        lambda values, facts: facts.trust in values,
        lambda values: f"the customer’s trust level is {_labels(dict(TrustLevel.choices))(values).lower()}",
    ),
    "is_former": Condition(
        lambda value, facts: facts.is_former is value,
        lambda value: "the customer has gone quiet" if value else "the customer has not gone quiet",
    ),
    "is_open": Condition(
        lambda value, facts: facts.is_open is value,
        lambda value: "it happens in business hours" if value else "it happens outside business hours",
    ),
    "is_assigned": Condition(
        lambda value, facts: facts.is_assigned is value,
        lambda value: "somebody has it" if value else "nobody has it",
    ),
}
