"""Who asked has said that the answers were not enough."""

from staff.models import Reason
from staff.triage.case import Case, Finding
from staff.triage.reading_text import first_sentence

WEIGHT = 4


def detect(case: Case) -> Finding | None:
    """Until somebody else answers, an answer is accepted, or the company replies."""
    since = case.still_needed_at
    if since is None or not case.is_open or not case.is_fresh(since):
        return None
    words = [said for said in case.posts if said.is_asker and not said.is_answer and said.at <= since]
    said = words[-1] if words else case.opening
    rule = "Who asked said after the answers: I still need help."
    return Finding(Reason.Kind.STILL_NEEDS_HELP, said.pk, first_sentence(said.body), WEIGHT, rule, since)
