"""Words of a complaint."""

from staff.triage.reading_text import straight
from staff.triage.vocabulary import NO_COMPLAINT
from staff.triage.weighing import COMPLAINT, judge

LEAST = 0.62  # probability


def complaining_words(text: str) -> str:
    """The words that weigh most, where the text as a whole reads as a complaint; else empty."""
    judgement = judge(text)
    if judgement.of(COMPLAINT) < LEAST or NO_COMPLAINT.search(straight(judgement.text)):
        return ""
    return judgement.evidence(COMPLAINT)
