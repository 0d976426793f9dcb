"""The customer wrote again after the company had replied, or had said that no reply was needed."""

from staff.models import Reason
from staff.triage.case import Case, Finding
from staff.triage.reading_text import first_sentence

WEIGHT = 3


def detect(case: Case) -> Finding | None:
    if case.quiet_until is None:
        return None
    said = next(case.asker_unanswered(), None)
    if said is None:
        return None
    is_after_reply = case.replied_at is not None and case.replied_at >= case.quiet_until
    event = "our last reply" if is_after_reply else "we had said that no reply was needed"
    rule = f"The customer wrote after {event}."
    return Finding(Reason.Kind.CUSTOMER_AFTER_US, said.pk, first_sentence(said.body), WEIGHT, rule, said.at)
