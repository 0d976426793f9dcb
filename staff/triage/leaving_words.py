"""Words by which customers say that they leave, or that they have been away."""

from staff.triage.reading_text import quote, straight, without_quotes
from staff.triage.vocabulary import ABSENCE, LEAVING, STAYING


def leaving_words(text: str) -> str:
    """“I will never leave you” is none."""
    own = without_quotes(text)
    plain = straight(own)
    staying = [match.span() for match in STAYING.finditer(plain)]
    found = (match for match in LEAVING.finditer(plain) if not any(a <= match.start() < b for a, b in staying))
    return quote(own, [next(found, None)])


def absence_words(text: str) -> str:
    own = without_quotes(text)
    return quote(own, [ABSENCE.search(straight(own))])
