"""Somebody spoke of us elsewhere, and nobody has looked at it yet."""

from staff.models import Reason
from staff.triage.case import Case, Finding, finding
from staff.triage.reading_text import first_sentence

KIND, WEIGHT = Reason.Kind.OUTSIDE, 1
RULE = "Said elsewhere: answer it there, or say that no reply is needed."


def detect(case: Case) -> Finding | None:
    """Until a reply was posted there, or a person said that none is needed."""
    if not case.is_mention or case.quiet_until is not None:
        return None
    words = case.keywords[0][1] if case.keywords else first_sentence(case.opening.body)
    return finding(KIND, case.opening, words, WEIGHT, RULE)
