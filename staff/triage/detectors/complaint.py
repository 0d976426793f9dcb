"""Something went wrong and the customer is unhappy about it. Another customer's answer does not make it good."""

from staff.models import Reason
from staff.triage.case import Case, Finding, Said, finding
from staff.triage.complaining import complaining_words

KIND, WEIGHT = Reason.Kind.COMPLAINT, 3
RULE = "Reads as a complaint; this weighs most."


def detect(case: Case) -> Finding | None:
    """Who helps or joins in tells of trouble in passing, so only the words of who began the conversation count."""
    found = case.find_words(KIND, lambda said: _complaint_in(said, case))
    return finding(KIND, *found, WEIGHT, RULE) if found else None


def _complaint_in(said: Said, case: Case) -> str:
    if not said.is_asker:
        return ""
    is_praised = case.stars is not None and case.stars > 3 and said is case.opening
    return "" if is_praised else complaining_words(case.text_of(said), is_outside=case.is_outside)
