"""Words of a complaint."""

from staff.triage.reading_text import quote, straight
from staff.triage.thanking import thanking_words
from staff.triage.vocabulary import GRIEVANCE, NO_COMPLAINT, SARCASM
from staff.triage.weighing import COMPLAINT, PRAISE, Judgement, judge

LEAST_OUTSIDE, LEAST_IF_THANKED = 0.52, 0.7  # probability
LEAST, LEAST_WITH_GRIEVANCE = 0.85, 0.6
"""Customers among themselves speak of trouble in passing, at length and calmly: there the bar is higher."""


def complaining_words(text: str, *, is_outside: bool = False) -> str:
    """The sentence that weighs most, where the text as a whole reads as a complaint; else empty."""
    judgement = judge(text)
    plain = straight(judgement.text)
    if sarcasm := SARCASM.search(plain):
        return quote(judgement.text, [sarcasm])
    if judgement.of(COMPLAINT) <= judgement.of(PRAISE) or NO_COMPLAINT.search(plain):
        return ""
    is_one = _is_complaint(judgement, text) if is_outside else _is_complaint_here(judgement, plain)
    return judgement.evidence(COMPLAINT) if is_one else ""


def _is_complaint(judgement: Judgement, text: str) -> bool:
    return judgement.of(COMPLAINT) >= (LEAST_IF_THANKED if thanking_words(text) else LEAST_OUTSIDE)


def _is_complaint_here(judgement: Judgement, plain: str) -> bool:
    """By a plain grievance, or by one sentence that says it as clearly as the whole."""
    if GRIEVANCE.search(plain):
        return judgement.of(COMPLAINT) >= LEAST_WITH_GRIEVANCE
    return judgement.of(COMPLAINT) >= LEAST and judgement.strongest(COMPLAINT) >= LEAST
