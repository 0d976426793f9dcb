"""The tone of a text: for the report on what is said elsewhere, and for reviews. The desk's models for praise and
complaints, one against the other.
"""

from staff.models import Tone
from staff.triage.weighing import COMPLAINT, PRAISE, judge

GOOD, BAD = 0.25, -0.3


def score(text: str) -> float:
    """From -1 (negative) to 1 (positive)."""
    judgement = judge(text)
    return judgement.of(PRAISE) - judgement.of(COMPLAINT)


def tone_of(text: str) -> Tone:
    value = score(text)
    return Tone.POSITIVE if value > GOOD else Tone.NEGATIVE if value < BAD else Tone.NEUTRAL
