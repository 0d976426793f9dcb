"""We said that we would come back to the customer, and have not for a working day."""

import re
from datetime import timedelta

from staff.models import Reason
from staff.triage.case import Case, Finding, finding
from staff.triage.reading_text import quote, straight, without_quotes

KIND, WEIGHT = Reason.Kind.PROMISED, 3
RULE = "We promised to come back, and a working day has passed."
WORKING_DAY = timedelta(hours=8)
_PROMISE = re.compile(
    r"""\b(?:(?:i|we)(?:'ll|[ ]will|[ ]shall)|i'm[ ]going[ ]to|we're[ ]going[ ]to|let[ ]me)\b[^.!?\n]{0,60}?
    \b(?:get[ ]back[ ]to[ ]you|come[ ]back[ ]to[ ]you|be[ ]back|let[ ]you[ ]know|keep[ ]you[ ]posted|update[ ]you
    |check[ ]with|ask[ ](?:the|our)|find[ ]out|look[ ]into[ ](?:it|this))\b""",
    re.IGNORECASE | re.VERBOSE,
)


def detect(case: Case) -> Finding | None:
    """Only the company's last word counts: whatever we said after a promise has kept it."""
    ours = [said for said in case.texts if said.is_official and not said.is_import]
    if not ours or (case.dismissed_until and case.dismissed_until >= ours[-1].at) or case.solved_at:
        return None
    last = ours[-1]
    words = promising_words(last.body)
    if not words or case.hours.between(last.at, case.now) < WORKING_DAY:
        return None
    return finding(KIND, last, words, WEIGHT, RULE, last.at)


def promising_words(text: str) -> str:
    own = without_quotes(text)
    return quote(own, [_PROMISE.search(straight(own))])
