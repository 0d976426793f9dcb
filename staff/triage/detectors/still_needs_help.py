"""Who asked has said that the answers were not enough."""

from staff.models import Reason
from staff.triage.case import Case, Finding, finding
from staff.triage.reading_text import first_sentence

KIND, WEIGHT = Reason.Kind.STILL_NEEDS_HELP, 4
RULE = "Who asked said after the answers: I still need help."


def detect(case: Case) -> Finding | None:
    """Until somebody else answers, an answer is accepted, or the company replies."""
    since = case.still_needed_at
    if since is None or not case.is_open or not case.is_fresh(since):
        return None
    words = [said for said in case.texts if said.is_asker and not said.is_answer and said.at <= since]
    said = words[-1] if words else case.opening
    return finding(KIND, said, first_sentence(said.body), WEIGHT, RULE, since)
