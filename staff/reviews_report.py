"""The report on reviews as the desk shows it: rows of numbers, each with the list behind it."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from community.moderation.models import Decision
from reviews.fairness import OUTCOMES, Line, Report, Sent, percent

REASONS = [(value, str(label)) for value, label in Decision.Reason.choices if value]
SECONDS = ((86_400, "day"), (3_600, "hour"), (60, "minute"))


@dataclass(frozen=True)
class Number:
    """`key` leads to the reviews that it counts; empty for none."""

    number: int
    key: str


@dataclass(frozen=True)
class StarRow:
    label: str
    counts: list[Number]
    share: str
    interval: str
    median: str
    late: str
    reasons: list[Number]


def rows(report: Report) -> list[StarRow]:
    """5 stars first, then the rest, then all of them."""
    return [_row(line) for line in (*report.lines, report.total)]


def csv_rows(report: Report) -> Iterator[list[Any]]:
    """Without words: numbers that a spreadsheet can go on with. Seconds for the time to publish."""
    for line in (*report.lines, report.total):
        low, high = line.interval if line.decided else ("", "")
        yield [
            line.stars or "all",
            *(line.count(outcome) for outcome in OUTCOMES),
            *(line.reasons(reason) for reason, _ in REASONS),
            line.decided,
            line.approved,
            "" if line.share is None else round(line.share, 4),
            low if low == "" else round(float(low), 4),
            high if high == "" else round(float(high), 4),
            "" if line.median_wait is None else round(line.median_wait.total_seconds()),
            "" if line.late_wait is None else round(line.late_wait.total_seconds()),
        ]


CSV_COLUMNS = (
    "stars",
    *(label.lower() for label, _ in OUTCOMES.values()),
    *(f"refused: {label.lower()}" for _, label in REASONS),
    "decided on",
    "approved",
    "share approved",
    "95 % from",
    "95 % to",
    "median seconds to publish",
    "9 in 10 published within seconds",
)


def behind(report: Report, key: str) -> tuple[str, list[Sent]] | None:
    """What a number counts, in words, and the reviews; None for a key of none."""
    what, _, of = key.rpartition("-")
    line = next((line for line in (*report.lines, report.total) if str(line.stars or "all") == of), None)
    if line is None:
        return None
    stars = f", {line.stars} star{'s'[: line.stars > 1]} when sent in" if line.stars else ""
    if what in OUTCOMES:
        label, belongs = OUTCOMES[what]
        return f"{label}{stars}", [one for one in line.sent if belongs(one)]
    reason = what.removeprefix("reason-")
    if what.startswith("reason-") and reason in dict(REASONS):
        return f"Refused: {dict(REASONS)[reason].lower()}{stars}", [one for one in line.sent if one.reason == reason]
    return None


def duration(time: timedelta | None) -> str:
    """“at once” below a minute, else one unit: “14 hours”; nothing for nothing."""
    if time is None:
        return "–"
    for seconds, unit in SECONDS:
        number = round(time.total_seconds() / seconds)
        if time.total_seconds() >= seconds:
            return f"{number} {unit}{'s'[: number > 1]}"
    return "at once"


def _row(line: Line) -> StarRow:
    of = str(line.stars or "all")
    low, high = line.interval
    return StarRow(
        label=f"{line.stars} star{'s'[: line.stars > 1]}" if line.stars else "All",
        counts=[Number(line.count(outcome), f"{outcome}-{of}") for outcome in OUTCOMES],
        share="–" if line.share is None else percent(line.share),
        interval=f"{100 * low:.0f}–{100 * high:.0f} %" if line.decided else "",
        median=duration(line.median_wait),
        late=duration(line.late_wait),
        reasons=[Number(line.reasons(reason), f"reason-{reason}-{of}") for reason, _ in REASONS],
    )
