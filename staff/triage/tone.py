"""The tone of a text: for the report on what is said elsewhere, and for reviews. A first measure, in words."""

from staff.models import Tone
from staff.triage.vocabulary import COMPLAINT, THANKS


def score(text: str) -> float:
    """From -1 (negative) to 1 (positive)."""
    good, bad = len(THANKS.findall(text)), len(COMPLAINT.findall(text))
    return (good - bad) / max(1, good + bad)


def tone_of(text: str) -> Tone:
    value = score(text)
    return Tone.POSITIVE if value > 0.25 else Tone.NEGATIVE if value < -0.25 else Tone.NEUTRAL
