"""An automation rule said that the company must reply. It stands until we do, or a person says that none is needed."""

from staff.models import Reason
from staff.triage.case import Case, Finding

KIND, WEIGHT = Reason.Kind.RULE, 2


def detect(case: Case) -> Finding | None:
    raised = [before for before in case.raised_before if before.kind == KIND and case.is_fresh(before.at)]
    if not raised:
        return None
    last = raised[-1]
    post, message = last.key
    return Finding(KIND, post, last.evidence, last.weight or WEIGHT, last.rule, last.at, message=message)
