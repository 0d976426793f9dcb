"""A customer thanks or praises us: worth a thank-you, and no duty. Alone it puts nothing into the queue."""

from dataclasses import replace

from staff.models import Reason
from staff.triage.case import Case, Finding, Said, finding
from staff.triage.praising import praising_words

KIND, WEIGHT = Reason.Kind.PRAISE, 1
RULE = "Thanks or praises: worth a thank-you."
GOOD = 5


def detect(case: Case) -> Finding | None:
    """What customers say to each other is their own affair; a question is praise only once we have replied."""
    found = case.find_words(KIND, lambda said: _praise_in(said, case))
    return replace(finding(KIND, *found, WEIGHT, RULE), is_must=False) if found else None


def _praise_in(said: Said, case: Case) -> str:
    if not said.is_asker or (case.is_question and case.replied_at is None):
        return ""
    if said is case.opening and case.stars is not None and case.stars < GOOD:
        return ""
    return praising_words(case.text_of(said))
