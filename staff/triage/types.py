"""Which of the five a conversation probably is, and why. A suggestion: a person confirms it."""

import re
from dataclasses import dataclass

from staff.models import ConversationType
from staff.triage.case import Case
from staff.triage.detectors.low_rating import LOW
from staff.triage.reading_text import any_of, quote, straight, without_quotes
from staff.triage.vocabulary import ABSENCE, BUYING, COMPLAINT, SOLVED, THANKS

_NEGATED = re.compile(r"(?:\b(?:no|not|never|hardly|barely)|n't)\W+(?:\w+\W+)?$", re.IGNORECASE)
LOOKED_BACK = 60  # characters: “no” further back negates something else, and looking for it each time takes seconds


@dataclass(frozen=True)
class Suggestion:
    type: str
    because: str


def suggest(case: Case) -> Suggestion:
    """The first rule that fits, read from the title and what the asker wrote first."""
    text = f"{case.title}\n{without_quotes(case.opening.body)}"
    competitor = _found(any_of(tuple(name for names in case.words.competitors for name in names)), text)
    if competitor:
        return Suggestion(ConversationType.CONVERSION, f"Names a competitor: “{competitor}”.")
    if case.stars is not None and case.stars <= LOW:
        return Suggestion(ConversationType.RETENTION, f"A review of {case.stars} star{'s'[: case.stars > 1]}.")
    if absence := _found(ABSENCE, text):
        return Suggestion(ConversationType.REACTIVATION, f"Speaks of having been away: “{absence}”.")
    if case.stars is not None and case.stars > LOW + 1:
        return Suggestion(ConversationType.APPRECIATION, f"A review of {case.stars} stars.")
    return _from_words(text)


def _from_words(text: str) -> Suggestion:
    if complaint := _found(COMPLAINT, text):
        return Suggestion(ConversationType.RETENTION, f"Something went wrong: “{complaint}”.")
    if intent := _found(BUYING, text):
        return Suggestion(ConversationType.ACQUISITION, f"Means to buy: “{intent}”.")
    if thanks := _found(THANKS, text):
        return Suggestion(ConversationType.APPRECIATION, f"Thanks or praises: “{thanks}”.")
    return Suggestion(ConversationType.RETENTION, "Needs help with something; no other rule fits.")


def _found(pattern: re.Pattern[str], text: str) -> str:
    return quote(text, [pattern.search(straight(text))])[:80]


def thanking_words(text: str) -> str:
    """The words by which a customer thanks or says that it worked; empty if they do not. “No thanks” is neither."""
    plain = straight(without_quotes(text))
    matches = [match for pattern in (SOLVED, THANKS) for match in pattern.finditer(plain)]
    before = ((match, plain[max(0, match.start() - LOOKED_BACK) : match.start()]) for match in matches)
    meant = (match for match, words in before if not _NEGATED.search(words))
    return quote(without_quotes(text), [next(meant, None)])
