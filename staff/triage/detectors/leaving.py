"""A customer is leaving us, has left, or has just come back after long."""

from staff.models import Reason
from staff.triage.case import Case, Finding, finding
from staff.triage.leaving_words import absence_words, leaving_words

KIND, WEIGHT = Reason.Kind.LEAVING, 4


def detect(case: Case) -> Finding | None:
    """Anybody may say that they leave, but in no answer to somebody else; of absence only the asker speaks to us."""
    leaving = case.find_words(KIND, lambda said: "" if said.is_answer else leaving_words(case.text_of(said)))
    if leaving:
        return finding(KIND, *leaving, WEIGHT, "Says that they leave, or will not buy again.")
    absent = case.find_words(KIND, lambda said: absence_words(case.text_of(said)) if said.is_asker else "")
    return finding(KIND, *absent, WEIGHT - 1, "Speaks of having been away.") if absent else None
