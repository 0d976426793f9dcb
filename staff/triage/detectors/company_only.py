"""A question in a category where only the company can help."""

from staff.models import Reason
from staff.triage.case import Case, Finding, finding

KIND, WEIGHT = Reason.Kind.COMPANY_ONLY, 3
RULE = "Only the company can help in this category."


def detect(case: Case) -> Finding | None:
    """Another customer's answer does not end this: they can't see the order."""
    if not case.is_company_only or case.opening.is_staff or not case.is_fresh(case.opening.at):
        return None
    return finding(KIND, case.opening, case.category, WEIGHT, RULE, case.opening.at)
