"""The customer wrote again after the company had replied, or had said that no reply was needed."""

from staff.models import Reason
from staff.triage.case import Case, Finding, finding
from staff.triage.praising import is_thanks
from staff.triage.reading_text import first_sentence

KIND, WEIGHT = Reason.Kind.CUSTOMER_AFTER_US, 3


def detect(case: Case) -> Finding | None:
    """What came to us alone is a reason of its own. “Thanks, that worked” leaves nothing to answer."""
    if case.quiet_until is None:
        return None
    public = (said for said in case.asker_unanswered() if not said.is_private)
    said = next((said for said in public if not is_thanks(said, case)), None)
    if said is None:
        return None
    is_after_reply = case.replied_at is not None and case.replied_at >= case.quiet_until
    event = "our last reply" if is_after_reply else "we had said that no reply was needed"
    return finding(KIND, said, first_sentence(said.body), WEIGHT, f"The customer wrote after {event}.", said.at)
