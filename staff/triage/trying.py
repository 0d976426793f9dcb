"""What would be raised for a text that nobody has posted: for the page to try it, and for manage.py triage.

Nothing is stored. The text counts as said to the company, as a mention from outside does: only we can answer it.
"""

import re
from dataclasses import dataclass, replace
from datetime import UTC, datetime, time, timedelta

from staff.clocks.clock import Hours
from staff.models import DeskSettings
from staff.triage.case import Case, Finding, Said, Words
from staff.triage.detecting import findings, must_reply
from staff.triage.praising import only_thanks
from staff.triage.reading import brand_names
from staff.triage.types import Suggestion, suggest
from staff.triage.weighing import COMPLAINT, PRAISE, REQUEST, judge

ALWAYS = Hours(dict.fromkeys(range(7), ((time(0), time(0)),)))
NOW = datetime(2026, 1, 5, 12, tzinfo=UTC)
SURE = 0.9
OUTSIDE, QUESTION, REVIEW = "outside", "question", "review"
_SIGNED = r"""\^[A-Z][A-Za-z]{0,9}\b|[-–/][ ]?[A-Z][a-z]{0,10}[.!]?\s*(?:https?:\S+\s*)?$|/[A-Z]{2}\b"""
_SPOKEN = r"""\b(?:we'(?:re|d|ll|ve)|we[ ](?:are|can|will|would|have|apologi[sz]e|do|understand|appreciate)
    |our[ ](?:team|app|site|advisors?|agents?)|sorry[ ]to[ ](?:hear|see|learn)|apologi[sz]e|apologies|let[ ]us[ ]know
    |(?:please|kindly|can[ ]you)[ ](?:dm|send|follow|visit|contact|try|let[ ]us)|reach[ ]out|dm[ ]us
    |(?:happy|here)[ ]to[ ]help|thanks[ ]for[ ](?:reaching|letting|contacting|sharing))\b"""
_COMPANY_VOICE = re.compile(rf"(?:{_SIGNED})|(?i:{_SPOKEN})", re.VERBOSE)


@dataclass(frozen=True)
class Tried:
    """`score` runs from 0 to 1 and is at least 0.5 where a reply is needed."""

    case: Case
    findings: tuple[Finding, ...]
    suggestion: Suggestion
    needs_reply: bool
    score: float


def try_text(text: str, *, parent: str = "", rating: int | None = None, brand: str = "", words: Words) -> Tried:
    """`brand`, where given, is spoken of instead of ours. `parent` is what the text answers."""
    if brand:
        words = replace(words, brand=_ways_to_write(brand))
    said = Said(body=text, at=NOW, is_asker=True)
    before = (_said_before(parent),) if parent else ()
    case = Case(NOW, ALWAYS, title="", texts=(*before, said), words=words, is_question=False, is_outside=True)
    return try_case(replace(case, stars=rating))


def try_post(text: str, *, kind: str, rating: int | None, waited_hours: int, words: Words, desk: DeskSettings) -> Tried:
    """As an opening in the community, `waited_hours` business hours ago and unanswered since."""
    said = Said(body=text, at=NOW, is_asker=True, post=1)
    case = Case(
        now=NOW + timedelta(hours=waited_hours),
        hours=ALWAYS,
        title="",
        texts=(said,),
        words=words,
        weights=desk.weights,
        is_question=kind == QUESTION,
        stars=rating if kind == REVIEW else None,
        unanswered_hours=desk.unanswered_hours,
        escalate_hours=desk.escalate_hours,
    )
    return try_case(case)


def try_case(case: Case) -> Tried:
    found = findings(case)
    needs_reply = bool(must_reply(found))
    return Tried(case, tuple(found), suggest(case), needs_reply, _score(case, found, needs_reply))


def _said_before(parent: str) -> Said:
    is_ours = is_company_voice(parent)
    return Said(body=parent, at=NOW - timedelta(hours=1), is_asker=False, is_staff=True, is_official=is_ours)


def is_company_voice(text: str) -> bool:
    """Does this read as written by a company's staff? Only where nothing else tells who wrote it."""
    return bool(_COMPANY_VOICE.search(text))


def _ways_to_write(brand: str) -> tuple[str, ...]:
    """“Ask_Spectrum” is a handle; “Virgin America” is also @VirginAmerica."""
    return tuple(dict.fromkeys([*brand_names(brand), *brand_names(brand.replace("_", " "))]))


def _score(case: Case, found: list[Finding], needs_reply: bool) -> float:
    """How sure: the strongest of what the models say, or nearly 1 for a rule that needs no model."""
    said = case.texts[-1]
    judgement = judge(case.text_of(said))
    value = max(judgement.of(COMPLAINT), judgement.of(REQUEST))
    if judgement.of(PRAISE) > judgement.of(COMPLAINT):
        value *= 1 - judgement.of(PRAISE) / 2
    if only_thanks(said.body):
        value /= 4
    if needs_reply:
        certain = 1 - (1 - SURE) / (1 + sum(finding.weight for finding in must_reply(found)) / 3)
        return round(0.5 + 0.5 * max(value, certain / 2), 3)
    return round(min(value, 0.99) / 2, 3)
