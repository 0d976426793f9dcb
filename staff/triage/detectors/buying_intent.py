"""Somebody means to buy, or weighs whether to."""

from staff.models import Reason
from staff.triage.buying import buying_words
from staff.triage.case import Case, Finding, finding

KIND, WEIGHT = Reason.Kind.BUYING_INTENT, 2
RULE = "Means to buy, or weighs whether to."


def detect(case: Case) -> Finding | None:
    """An answer that advises another customer to buy is none."""
    found = case.find_words(
        KIND, lambda said: "" if said.is_answer else buying_words(case.text_of(said), is_outside=case.is_outside)
    )
    return finding(KIND, *found, WEIGHT, RULE) if found else None
