"""Members flagged a post, above all to call the company."""

from staff.models import Reason
from staff.triage.case import Case, Finding

KIND, WEIGHT, CALL_WEIGHT = Reason.Kind.FLAGGED, 2, 4


def detect(case: Case) -> Finding | None:
    """The post with the weightiest waiting flags; calls for the company come first."""
    published = {said.post for said in case.texts}
    fresh = [flag for flag in case.flags if flag.post in published and case.is_fresh(flag.at)]
    if not fresh:
        return None
    worst = max(
        fresh, key=lambda flag: (flag.needs_staff, sum(f.weight for f in fresh if f.post == flag.post), -flag.post)
    )
    same = [flag for flag in fresh if flag.post == worst.post]
    labels = ", ".join(dict.fromkeys(flag.label for flag in same))
    note = next((flag.note for flag in same if flag.note), "")
    is_call = any(flag.needs_staff for flag in same)
    rule = "Members called for the company." if is_call else "Members flagged this, and no moderator has decided yet."
    evidence = f"{labels}: {note}" if note else labels
    weight = CALL_WEIGHT if is_call else WEIGHT
    return Finding(KIND, worst.post, evidence[:300], weight, rule, min(flag.at for flag in same))
