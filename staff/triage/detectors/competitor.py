"""A customer names a competitor of the settings, by any of its spellings, or compares us with another brand."""

from staff.models import Reason
from staff.triage.case import Case, Finding, finding
from staff.triage.comparing import compared_words, competitor_named

KIND, WEIGHT = Reason.Kind.COMPETITOR, 2


def detect(case: Case) -> Finding | None:
    """What the customer has quoted from others does not count, nor do our own products among each other."""
    named = case.find_words(KIND, lambda said: competitor_named(case.text_of(said), case.words))
    if named:
        return finding(KIND, *named, WEIGHT, "Names a competitor.")
    compared = case.find_words(KIND, lambda said: compared_words(case.text_of(said), case.words, case.is_outside))
    return finding(KIND, *compared, WEIGHT, "Compares us with another brand.") if compared else None
