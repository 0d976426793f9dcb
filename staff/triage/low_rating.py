"""A review of 2 stars or fewer."""

from staff.models import Reason
from staff.triage.case import Case, Finding

LOW = 2
WEIGHTS = {1: 4, 2: 3}


def detect(case: Case) -> Finding | None:
    """Raised for a review we have not replied to, and for one that was lowered after we had."""
    if case.stars is None or case.stars > LOW or case.opening.is_staff:
        return None
    opening = case.opening
    has_fallen = case.stars_at_reply is not None and case.stars_at_reply > LOW
    at = (opening.edited_at or opening.at) if has_fallen or case.quiet_until is None else opening.at
    if not case.is_fresh(at):
        return None
    evidence = f"{case.stars} star{'s'[: case.stars > 1]}"
    return Finding(
        Reason.Kind.LOW_RATING, opening.pk, evidence, WEIGHTS[case.stars], "A review of 2 stars or fewer.", at
    )
