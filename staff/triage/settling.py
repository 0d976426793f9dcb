"""Why a reason no longer stands, in a sentence for the conversation's history."""

from staff.models import Reason
from staff.triage.case import Case

_OTHERWISE: dict[str, str] = {
    Reason.Kind.UNANSWERED: "Somebody answered.",
    Reason.Kind.STILL_NEEDS_HELP: "Somebody answered, or an answer was accepted.",
    Reason.Kind.FLAGGED: "A moderator decided.",
    Reason.Kind.LOW_RATING: "The customer raised the rating.",
    Reason.Kind.COMPANY_ONLY: "It was moved to another category.",
    Reason.Kind.ASKS_COMPANY: "The words are gone.",
}


def why_settled(reason: Reason, case: Case) -> str:
    if reason.kind == Reason.Kind.UNANSWERED and case.awaits_asker:
        return "It waits for details of who asked."
    key = (reason.post_id, reason.message_id)
    said = next((said for said in case.texts if said.key == key), None)
    at = said.at if said else reason.raised_at if key == (None, None) else None
    if at is None:
        return "The post can no longer be read."
    if case.quiet_until and case.quiet_until >= at and _was_dealt_with(reason, case):
        return (
            "The company replied."
            if case.replied_at == case.quiet_until
            else "A colleague said that no reply is needed."
        )
    return _OTHERWISE.get(reason.kind, "It no longer applies.")


def _was_dealt_with(reason: Reason, case: Case) -> bool:
    """A flag that a moderator settled after our reply was not dealt with by the reply."""
    is_waiting_flag = any(flag.post == reason.post_id for flag in case.flags)
    return reason.kind != Reason.Kind.FLAGGED or is_waiting_flag
