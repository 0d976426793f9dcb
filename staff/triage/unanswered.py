"""Nobody has given a useful answer for too long."""

from datetime import timedelta

from staff.models import Reason
from staff.triage.case import Case, Finding

WEIGHT, PRESSING_WEIGHT = 2, 4


def detect(case: Case) -> Finding | None:
    """A customer's answer ends this, a holding reply or one that the asker found unhelpful does not.

    A question that waits for details of who asked waits for them, not for us.
    """
    if not (case.is_question and case.is_open) or case.solved_at or case.opening.is_staff or _has_useful_answer(case):
        return None
    if case.awaits_asker or not case.is_fresh(case.opening.at):
        return None
    waited = case.hours.between(case.opening.at, case.now)
    for hours, weight in ((case.escalate_hours, PRESSING_WEIGHT), (case.unanswered_hours, WEIGHT)):
        if waited >= timedelta(hours=hours):
            rule = f"No useful answer from anyone after {hours} business hours."
            return Finding(Reason.Kind.UNANSWERED, case.opening.pk, case.title, weight, rule, case.opening.at)
    return None


def _has_useful_answer(case: Case) -> bool:
    return any(
        said.is_answer and not said.is_asker and not said.is_holding and not said.is_unhelpful_to_asker
        for said in case.posts
    )
