"""Words by which a customer thanks, or says that it worked."""

import re

from staff.triage.reading_text import quote, straight, without_quotes
from staff.triage.vocabulary import SOLVED, THANKS

_NEGATED = re.compile(r"(?:\b(?:no|not|never|hardly|barely)|n't)\W+(?:\w+\W+)?$", re.IGNORECASE)
LOOKED_BACK = 60  # characters: “no” further back negates something else, and looking for it each time takes seconds


def thanking_words(text: str) -> str:
    """The words, as written; empty if there are none. “No thanks” is none."""
    plain = straight(without_quotes(text))
    matches = [match for pattern in (SOLVED, THANKS) for match in pattern.finditer(plain)]
    before = ((match, plain[max(0, match.start() - LOOKED_BACK) : match.start()]) for match in matches)
    meant = (match for match, words in before if not _NEGATED.search(words))
    return quote(without_quotes(text), [next(meant, None)])
