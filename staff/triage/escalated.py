"""A colleague said that the company should reply here."""

from staff.models import Reason
from staff.triage.case import Case, Finding

WEIGHT = 5


def detect(case: Case) -> Finding | None:
    call = case.escalation
    if call is None or not case.is_fresh(call.at) or call.post not in {said.pk for said in case.posts}:
        return None
    rule = f"{call.by} escalated it."
    return Finding(Reason.Kind.ESCALATED, call.post, call.why, WEIGHT, rule, call.at, call.by_pk)
