"""A review of 2 stars or fewer."""

from staff.models import Reason
from staff.triage.case import Case, Finding, finding

KIND, WEIGHT, ONE_STAR_WEIGHT = Reason.Kind.LOW_RATING, 3, 4
LOW = 2
RULE = "A review of 2 stars or fewer."


def detect(case: Case) -> Finding | None:
    """Raised for a review we have not replied to, and for one that was lowered after we had."""
    if case.stars is None or case.stars > LOW or case.opening.is_staff:
        return None
    opening = case.opening
    has_fallen = case.stars_at_reply is not None and case.stars_at_reply > LOW
    at = opening.changed_at if has_fallen or case.quiet_until is None else opening.at
    if not case.is_fresh(at):
        return None
    weight = ONE_STAR_WEIGHT if case.stars == 1 else WEIGHT
    return finding(KIND, opening, f"{case.stars} star{'s'[: case.stars > 1]}", weight, RULE, at)
