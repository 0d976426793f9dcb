"""Words of thanks and praise."""

from staff.triage.reading_text import straight
from staff.triage.thanking import thanking_words
from staff.triage.vocabulary import ASKS, HANDLES, NOD
from staff.triage.weighing import COMPLAINT, PRAISE, REQUEST, judge

LEAST = 0.55  # probability
MIXED = 0.5
SHORT = 160  # characters: whoever writes more than thanks says something that wants reading


def praising_words(text: str) -> str:
    """The words that weigh most, where the text reads as thanks or praise and as nothing worse; else empty."""
    judgement = judge(text)
    if judgement.of(PRAISE) < LEAST or judgement.of(COMPLAINT) > MIXED:
        return ""
    return judgement.evidence(PRAISE)


def only_thanks(text: str) -> bool:
    """Nothing but thanks, praise or a nod, or that it works now: nothing is left to answer."""
    judgement = judge(text)
    own = straight(HANDLES.sub("", judgement.text)).strip()
    if len(own) > SHORT or ASKS.search(own) or judgement.of(COMPLAINT) > MIXED:
        return False
    if NOD.fullmatch(own):
        return True
    return bool(thanking_words(own) or praising_words(text)) and judgement.of(REQUEST) < MIXED
