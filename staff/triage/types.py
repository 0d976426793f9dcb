"""Which of the five a conversation probably is, and why. A suggestion: a person confirms it."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from staff.models import ConversationType
from staff.triage.buying import buying_words
from staff.triage.case import Case
from staff.triage.comparing import compared_words, competitor_named
from staff.triage.complaining import complaining_words
from staff.triage.detectors.low_rating import LOW
from staff.triage.leaving_words import absence_words, leaving_words
from staff.triage.praising import praising_words
from staff.triage.thanking import thanking_words
from staff.triage.weighing import COMPLAINT, PRAISE, judge

QUOTED = 80
RATHER_PRAISE = 0.4


@dataclass(frozen=True)
class Suggestion:
    type: str
    because: str


Rule = Callable[[str, Case], Suggestion | None]


def suggest(case: Case) -> Suggestion:
    """The first rule that fits, read from the title and what the customer wrote first."""
    first = next((said for said in case.texts if not said.is_staff), case.opening)
    text = case.text_of(first)
    return next(_fitting(text, case), _leaning(text))


def _fitting(text: str, case: Case) -> Iterator[Suggestion]:
    return (suggestion for rule in _RULES if (suggestion := rule(text, case)))


def _quoted(type: str, before: str, words: str) -> Suggestion | None:  # noqa: A002 - the desk says type
    return Suggestion(type, f"{before}: “{words[:QUOTED]}”.") if words else None


def _competitor(text: str, case: Case) -> Suggestion | None:
    named = competitor_named(text, case.words)
    if named:
        return _quoted(ConversationType.CONVERSION, "Names a competitor", named)
    compared = compared_words(text, case.words, case.is_outside)
    return _quoted(ConversationType.CONVERSION, "Compares us with another brand", compared)


def _low_rating(_: str, case: Case) -> Suggestion | None:
    if case.stars is None or case.stars > LOW:
        return None
    return Suggestion(ConversationType.RETENTION, f"A review of {case.stars} star{'s'[: case.stars > 1]}.")


def _absence(text: str, case: Case) -> Suggestion | None:
    return _quoted(ConversationType.REACTIVATION, "Speaks of having been away", absence_words(text))


def _good_rating(_: str, case: Case) -> Suggestion | None:
    if case.stars is None or case.stars <= LOW + 1:
        return None
    return Suggestion(ConversationType.APPRECIATION, f"A review of {case.stars} stars.")


def _leaving(text: str, _: Case) -> Suggestion | None:
    return _quoted(ConversationType.RETENTION, "Is leaving us", leaving_words(text))


def _complaint(text: str, case: Case) -> Suggestion | None:
    return _quoted(
        ConversationType.RETENTION, "Something went wrong", complaining_words(text, is_outside=case.is_outside)
    )


def _intent(text: str, case: Case) -> Suggestion | None:
    return _quoted(ConversationType.ACQUISITION, "Means to buy", buying_words(text, is_outside=case.is_outside))


def _praise(text: str, _: Case) -> Suggestion | None:
    return _quoted(ConversationType.APPRECIATION, "Thanks or praises", praising_words(text))


def _thanks(text: str, _: Case) -> Suggestion | None:
    """Whoever thanks and asks still asks."""
    words = thanking_words(text) if "?" not in text else ""
    return _quoted(ConversationType.APPRECIATION, "Thanks or praises", words)


_RULES: tuple[Rule, ...] = (
    _competitor, _low_rating, _absence, _good_rating, _leaving, _complaint, _intent, _praise, _thanks,
)  # fmt: skip


def _leaning(text: str) -> Suggestion:
    """No rule is sure: praise if it rather is, else somebody who is with us needs something."""
    judgement = judge(text)
    if judgement.of(PRAISE) > max(RATHER_PRAISE, judgement.of(COMPLAINT)):
        return Suggestion(ConversationType.APPRECIATION, "Reads rather friendly than not; no other rule fits.")
    return Suggestion(ConversationType.RETENTION, "Needs help with something; no other rule fits.")
