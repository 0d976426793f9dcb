"""The customer wrote to us alone. Nobody else can answer that; thanks alone need no answer."""

from staff.models import Reason
from staff.triage.case import Case, Finding, finding
from staff.triage.praising import is_thanks
from staff.triage.reading_text import first_sentence

KIND, WEIGHT = Reason.Kind.PRIVATE_MESSAGE, 4
RULE = "The customer wrote to us alone."


def detect(case: Case) -> Finding | None:
    said = next((said for said in case.asker_unanswered() if said.is_private and not is_thanks(said, case)), None)
    return finding(KIND, said, first_sentence(said.body), WEIGHT, RULE, said.at) if said else None
