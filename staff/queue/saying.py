"""What became of an act on many, in a sentence or two."""

from staff.models import Conversation
from staff.queue.acting import Report

NAMED = 5


def say_report(report: Report, did: str) -> tuple[str, str]:
    """What was done or stood already, and what was not done with its reasons; either may be empty."""
    return _said_of_done(report, did), _said_of_refused(report)


def _said_of_done(report: Report, did: str) -> str:
    parts = []
    if report.done:
        parts.append(f"{did}: {_named(report.done)}.")
    if report.unchanged:
        were = "was" if len(report.unchanged) == 1 else "were"
        parts.append(f"{_conversations(len(report.unchanged))} {were} so already.")
    return " ".join(parts)


def _named(done: list[Conversation]) -> str:
    return f"“{done[0].subject}”" if len(done) == 1 else _conversations(len(done))


def _said_of_refused(report: Report) -> str:
    if not report.refused:
        return ""
    told = [f"“{conversation.subject}”: {why}" for conversation, why in report.refused[:NAMED]]
    rest = len(report.refused) - NAMED
    return f"Not done for {len(report.refused)}. {' '.join(told)}{f' And {rest} more.' if rest > 0 else ''}"


def _conversations(count: int) -> str:
    return f"{count} conversation{'' if count == 1 else 's'}"
