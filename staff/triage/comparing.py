"""Words that name a competitor, or set us beside another brand."""

import re
from functools import lru_cache

from staff.triage.case import Words
from staff.triage.reading_text import any_of, quote, straight, without_quotes
from staff.triage.weighing import COMPARISON, judge

LEAST, LEAST_OUTSIDE = 0.5, 0.37  # probability
_BEFORE_A_NAME = re.compile(
    r"""\b(?:than|vs\.?|versus|over|instead[ ]of|compared[ ](?:to|with)|alternative[ ]to|unlike|as[ ]\w+[ ]as
    |(?:switch\w*|mov\w*|chang\w*|going)[ ](?:over[ ])?to)\s+(?:the[ ]|my[ ]|an?[ ]|your[ ])?
    (?P<name>[A-Z][\w&'-]*(?:\s[A-Z][\w&'-]*)*)""",
    re.VERBOSE,
)
_OTHERS = re.compile(
    r"\b(?:(?:an)?other (?:brand|compan|manufacturer|maker|airline|provider|shop)\w*"
    r"|(?:a|your|another) competitor|your competitors|the competition)\b",
    re.IGNORECASE,
)


def competitor_named(text: str, words: Words) -> str:
    """The first competitor from the settings that `text` names. A name that is a word too must be written as one."""
    own = straight(without_quotes(text))
    found = (_pattern(names).search(own) for names in words.competitors)
    matches = sorted((match for match in found if match), key=lambda match: match.start())
    return quote(without_quotes(text), matches)


def compared_words(text: str, words: Words, is_outside: bool) -> str:
    """What a customer sets beside us; empty where it is our own. Outside, any comparison of two things counts."""
    judgement = judge(text)
    plain = straight(judgement.text)
    others = _OTHERS.search(plain)
    if others:
        return quote(judgement.text, [others])
    if judgement.of(COMPARISON) < (LEAST_OUTSIDE if is_outside else LEAST):
        return ""
    named = next((match for match in _BEFORE_A_NAME.finditer(plain) if not _is_ours(match["name"], words)), None)
    if named:
        return judgement.text[named.start() : named.end()]
    return judgement.evidence(COMPARISON) if is_outside else ""


def _is_ours(name: str, words: Words) -> bool:
    ours = {part.lower() for own in (*words.brand, *words.products) for part in own.split()}
    return any(part.lower() in ours for part in name.split()) or name in _NO_NAMES


_NO_NAMES = frozenset({"I", "I'm", "I've", "I'd", "I'll", "It", "Monday", "Friday", "January", "XL", "L", "M", "S"})


@lru_cache(maxsize=256)
def _pattern(names: tuple[str, ...]) -> re.Pattern[str]:
    """“Keen” is a brand and “keen” a word: one short plain word must stand as the settings write it."""
    exact = tuple(name for name in names if len(name) <= 5 and " " not in name)
    loose = any_of(tuple(name for name in names if name not in exact)).pattern
    strict = "|".join(re.escape(name) for name in exact)
    return re.compile(rf"(?i:{loose})" + (rf"|(?<!\w)(?:{strict})(?!\w)" if strict else ""))
