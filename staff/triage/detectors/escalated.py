"""A colleague said that the company should reply here."""

from staff.models import Reason
from staff.triage.case import Case, Finding

KIND, WEIGHT = Reason.Kind.ESCALATED, 5


def detect(case: Case) -> Finding | None:
    call = case.escalation
    if call is None or not case.is_fresh(call.at) or not _is_readable(call.post, case):
        return None
    return Finding(KIND, call.post, call.why, WEIGHT, f"{call.by} escalated it.", call.at, call.by_pk)


def _is_readable(post: int | None, case: Case) -> bool:
    return post is None or post in {said.post for said in case.texts}
