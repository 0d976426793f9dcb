"""Words of thanks and praise."""

import re

from staff.triage.case import Case, Said
from staff.triage.reading_text import straight, without_quotes
from staff.triage.thanking import thanking_words
from staff.triage.vocabulary import ASKS, HANDLES, NOD, SOLVED, THANKS
from staff.triage.weighing import COMPLAINT, PRAISE, REQUEST, judge

LEAST_IF_THANKED, LEAST = 0.55, 0.85  # probability: plain remarks reach .8, as what it learned from is mostly reviews
MIXED = 0.5
SURELY = 0.8
LEFT = 25  # letters beside the thanks; none where we had asked something, as “Yes, thanks” is an answer
SHORT = 160  # characters: whoever writes more than thanks says something that wants reading


def praising_words(text: str) -> str:
    """The words that weigh most, where the text reads as thanks or praise and as nothing worse; else empty."""
    judgement = judge(text)
    least = LEAST_IF_THANKED if thanking_words(text) else LEAST
    if judgement.of(PRAISE) < least or judgement.of(COMPLAINT) > MIXED:
        return ""
    return judgement.evidence(PRAISE)


def only_thanks(text: str, *, was_asked: bool = False) -> bool:
    """Nothing but thanks, praise or a nod, or that it works now: nothing is left to answer.

    Whoever gives what we asked for (`was_asked`) may thank as well: then nothing may be left beside the thanks.
    """
    judgement = judge(text)
    own = straight(HANDLES.sub("", judgement.text)).strip()
    if len(own) > SHORT or ASKS.search(own) or judgement.of(COMPLAINT) > MIXED or _DIGIT.search(own):
        return False
    if NOD.fullmatch(own):
        return not was_asked
    rest = _WORD.findall(_FILLING.sub("", SOLVED.sub("", THANKS.sub("", own))))
    if thanking_words(own) and len("".join(rest)) <= (0 if was_asked else LEFT):
        return True
    return not was_asked and judgement.of(PRAISE) > SURELY and judgement.of(REQUEST) < MIXED


def is_thanks(said: Said, case: Case) -> bool:
    """Only thanks, in view of what we had said before."""
    return only_thanks(said.body, was_asked=asks_back(case.our_word_before(said)))


def asks_back(text: str) -> bool:
    """Does the company's text ask the customer for something?"""
    return bool(_ASKS_BACK.search(straight(without_quotes(text))))


_DIGIT = re.compile(r"\d")
_WORD = re.compile(r"\w+")
_FILLING = re.compile(
    r"\b(?:(?:so|very) much|a (?:lot|million)|again|indeed|everyone|team"
    r"|for (?:(?:all|your|the|this|that|quick) ?){0,3}(?:help|reply|answer|time|support)?)\b",
    re.IGNORECASE,
)
_ASKS_BACK = re.compile(
    r"\?|\b(?:we need|send us|tell us|let us have|(?:please|kindly) (?:send|tell|give|provide|confirm|share|dm))\b",
    re.IGNORECASE,
)
