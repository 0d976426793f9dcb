"""All that the detectors find in a case, weighed as the settings say, and since when its customer waits."""

from dataclasses import replace
from datetime import UTC, datetime

from staff.models import Reason
from staff.triage.case import Case, Finding
from staff.triage.detectors import DETECTORS, Detector


def findings(case: Case) -> list[Finding]:
    """Why the company must reply; empty when it need not. Pure: the same case, the same findings."""
    if not case.texts:
        return []
    return [found for detector in DETECTORS if (found := _weighed(detector, case))]


def _weighed(detector: Detector, case: Case) -> Finding | None:
    """A weight from the settings replaces the rule's own; what the rule adds for a pressing case is added to it."""
    wanted = case.weights.get(detector.kind, detector.weight)
    found = detector.detect(case) if wanted > 0 else None
    return replace(found, weight=max(1, found.weight + wanted - detector.weight)) if found else None


def must_reply(found: list[Finding]) -> list[Finding]:
    """The findings that make a reply a duty. Praise alone does not."""
    return [finding for finding in found if finding.is_must]


def waiting_since(case: Case, found: list[Finding]) -> datetime | None:
    """The oldest customer message that still waits for us; chasing does not move it.

    What the asker has accepted an answer to no longer waits. A flag alone says nothing about the asker.
    """
    must = must_reply(found)
    if not must:
        return None
    moments = [finding.at for finding in must]
    if any(finding.kind != Reason.Kind.FLAGGED for finding in must):
        open_since = case.solved_at or datetime.min.replace(tzinfo=UTC)
        moments += [said.at for said in case.asker_unanswered() if said.at > open_since]
    return min(moments)
