"""Nobody has given a useful answer for too long."""

from datetime import timedelta

from staff.models import Reason
from staff.triage.case import Case, Finding, finding

KIND, WEIGHT, PRESSING_WEIGHT = Reason.Kind.UNANSWERED, 2, 4


def detect(case: Case) -> Finding | None:
    """A customer's answer ends this, a holding reply or one that the asker found unhelpful does not.

    A question that waits for details of who asked waits for them, not for us; once they came, the count begins anew.
    """
    if not (case.is_question and case.is_open) or case.solved_at or case.opening.is_staff or has_useful_answer(case):
        return None
    if case.awaits_asker or not case.is_fresh(case.opening.at):
        return None
    since = max(case.opening.at, case.details_at or case.opening.at)
    waited = case.hours.between(since, case.now)
    for hours, weight in ((case.escalate_hours, PRESSING_WEIGHT), (case.unanswered_hours, WEIGHT)):
        if waited >= timedelta(hours=hours):
            rule = f"No useful answer from anyone after {hours} business hours."
            return finding(KIND, case.opening, case.title, weight, rule, since)
    return None


def has_useful_answer(case: Case) -> bool:
    return any(
        said.is_answer and not said.is_asker and not said.is_holding and not said.is_unhelpful_to_asker
        for said in case.texts
    )
