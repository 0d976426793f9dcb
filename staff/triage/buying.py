"""Words by which people show that they mean to buy."""

import re

from staff.triage.reading_text import quote, straight
from staff.triage.vocabulary import BUYING, NO_BUYING
from staff.triage.weighing import BUYING as BUYING_MODEL
from staff.triage.weighing import judge

LEAST = 0.5  # probability


def buying_words(text: str, *, is_outside: bool = False) -> str:
    """The words, as written; empty if there are none. Of what is said elsewhere, the model may find some too."""
    judgement = judge(text)
    plain = straight(judgement.text)
    if NO_BUYING.search(plain):
        return ""
    found: re.Match[str] | None = BUYING.search(plain)
    if found or not is_outside or judgement.of(BUYING_MODEL) < LEAST:
        return quote(judgement.text, [found])
    return judgement.evidence(BUYING_MODEL)
