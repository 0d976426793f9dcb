"""Words by which people show that they mean to buy."""

from staff.triage.reading_text import quote, straight
from staff.triage.vocabulary import BUYING, NO_BUYING, WISHING
from staff.triage.weighing import BUYING as BUYING_MODEL
from staff.triage.weighing import PRAISE, judge

LEAST_OUTSIDE = 0.22  # probability
DELIGHTED = 0.6  # who praises what they have says “worth it” too


def buying_words(text: str, *, is_outside: bool = False) -> str:
    """The words, as written; empty if there are none. Of what is said elsewhere, the model may find some too."""
    judgement = judge(text)
    plain = straight(judgement.text)
    if NO_BUYING.search(plain) or (judgement.of(PRAISE) > DELIGHTED and "?" not in plain):
        return ""
    found = BUYING.search(plain) or (WISHING.search(plain) if is_outside else None)
    if found or not is_outside or judgement.of(BUYING_MODEL) < LEAST_OUTSIDE:
        return quote(judgement.text, [found])
    return judgement.evidence(BUYING_MODEL)
