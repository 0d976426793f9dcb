"""Words by which an invitation would ask for a certain rating, or only those who are happy.

16 CFR 465.4 and Annex I 23b of Directive 2005/29/EC forbid to buy or ask for reviews of one kind. A program can't read
every hint: it stops what is said outright, and whoever writes to buyers answers for the rest.
"""

import re

ASKS_FOR_A_RATING = (
    "This asks for a certain rating, or only those who are happy. Ask everybody alike, for what they honestly think: "
    "leave out “%s”."
)
_GOOD = r"(?:good|great|nice|kind|positive|glowing|excellent|perfect|fantastic|favou?rable|top|high|5/5)"
_WHAT = r"(?:star(?:red)?\s+)?(?:reviews?|ratings?|feedback|scores?)"
_ONE_SIDED = re.compile(
    rf"\b(?:[1-5]|one|two|three|four|five)[\s-]*stars?\b|[★⭐]|\b{_GOOD}\s+{_WHAT}\b|"
    r"\bif\s+you(?:[’']re|\s+are|\s+were)?\s+(?:really\s+|truly\s+)?(?:happy|satisfied|pleased|loved?|liked|enjoyed)\b",
    re.IGNORECASE,
)


def one_sided_words(text: str) -> str | None:
    """The first words in `text` that tie a review to what it says, or None."""
    found = _ONE_SIDED.search(text)
    return found[0] if found else None
