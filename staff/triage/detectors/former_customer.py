"""Somebody wrote who has bought nothing for long (a setting, in months), or stands on the re-activation list."""

from datetime import datetime

from staff.models import Reason
from staff.triage.case import Case, Finding, finding
from staff.triage.reading_text import first_sentence

KIND, WEIGHT = Reason.Kind.FORMER_CUSTOMER, 3


def detect(case: Case) -> Finding | None:
    """Who never bought here, as far as we know, is not a former customer."""
    said = next(case.asker_unanswered(), None)
    rule = _why(case, said.at) if said else ""
    return finding(KIND, said, first_sentence(said.body), WEIGHT, rule, said.at) if said and rule else None


def _why(case: Case, at: datetime) -> str:
    if case.listed_until and at <= case.listed_until:
        return "They stand on the re-activation list."
    if case.last_purchase_at and case.quiet_since and case.last_purchase_at < case.quiet_since:
        return f"Last bought in {case.last_purchase_at:%B %Y}."
    return ""
