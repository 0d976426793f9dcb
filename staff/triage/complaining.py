"""Words of a complaint."""

from staff.triage.reading_text import straight
from staff.triage.thanking import thanking_words
from staff.triage.vocabulary import NO_COMPLAINT
from staff.triage.weighing import COMPLAINT, PRAISE, judge

LEAST_IF_THANKED = 0.7
LEAST, LEAST_OUTSIDE = 0.6, 0.52  # probability: customers among themselves speak of trouble in passing


def complaining_words(text: str, *, is_outside: bool = False) -> str:
    """The words that weigh most, where the text as a whole reads as a complaint; else empty."""
    judgement = judge(text)
    least = LEAST_IF_THANKED if thanking_words(text) else LEAST_OUTSIDE if is_outside else LEAST
    if judgement.of(COMPLAINT) < max(least, judgement.of(PRAISE)) or NO_COMPLAINT.search(straight(judgement.text)):
        return ""
    return judgement.evidence(COMPLAINT)
