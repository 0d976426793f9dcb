"""A question in a category where only the company can help."""

from staff.models import Reason
from staff.triage.case import Case, Finding

WEIGHT = 3


def detect(case: Case) -> Finding | None:
    """Another customer's answer does not end this: they can't see the order."""
    if not case.is_company_only or case.opening.is_staff or not case.is_fresh(case.opening.at):
        return None
    rule = "Only the company can help in this category."
    return Finding(Reason.Kind.COMPANY_ONLY, case.opening.pk, case.category, WEIGHT, rule, case.opening.at)
