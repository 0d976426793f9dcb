"""All detectors. A new one is a file of its own, a kind of Reason, and its name in this list."""

from collections.abc import Callable
from datetime import UTC, datetime

from staff.models import Reason
from staff.triage import (
    after_us,
    asks_company,
    company_only,
    escalated,
    flagged,
    low_rating,
    still_needs_help,
    unanswered,
)
from staff.triage.case import Case, Finding

DETECTORS: tuple[Callable[[Case], Finding | None], ...] = (
    escalated.detect,
    flagged.detect,
    low_rating.detect,
    company_only.detect,
    asks_company.detect,
    after_us.detect,
    still_needs_help.detect,
    unanswered.detect,
)


def findings(case: Case) -> list[Finding]:
    """Why the company must reply; empty when it need not. Pure: the same case, the same findings."""
    return [finding for detect in DETECTORS if (finding := detect(case))]


def waiting_since(case: Case, found: list[Finding]) -> datetime | None:
    """The oldest customer message that still waits for us; chasing does not move it.

    What the asker has accepted an answer to no longer waits. A flag alone says nothing about the asker.
    """
    if not found:
        return None
    moments = [finding.at for finding in found]
    if any(finding.kind != Reason.Kind.FLAGGED for finding in found):
        open_since = case.solved_at or datetime.min.replace(tzinfo=UTC)
        moments += [said.at for said in case.asker_unanswered() if said.at > open_since]
    return min(moments)
