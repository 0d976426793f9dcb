"""A customer speaks to the company: by its name, by words from the settings, or by mentioning one of its people."""

import re
from functools import lru_cache

from community.threads.rendering import MENTION
from staff.models import Reason
from staff.triage.case import Case, Finding, Words, finding
from staff.triage.praising import only_thanks
from staff.triage.reading_text import any_of, quote, sentences, straight, without_quotes
from staff.triage.weighing import REQUEST, judge

KIND, WEIGHT = Reason.Kind.ASKS_COMPANY, 3
RULE = "A customer asks the company."
LEAST_REQUEST, LEAST_IF_NAMED = 0.5, 0.4  # probability
# “Customer service was lovely” tells of us; “can customer service look at this?” asks for us.
_ASKS = re.compile(
    r"""\?|\b(?: please | pls | can | could | would | may[ ]i | need | want | help | hear[ ]from | wait(?:ing)?[ ]for
    | repl(?:y|ies) | respond | answer | contact | reach | get[ ]in[ ]touch | (?:speak|talk)[ ](?:to|with) | no[ ]?one
    | nobody | escalate | hoping )\b""",
    re.IGNORECASE | re.VERBOSE,
)

_WAYS = (
    r"@BRAND(?!\w)",
    r"\b(?:hi|hello|hey|dear|attn|attention|okay|come on),?\s+BRAND(?!['\w-])",
    (
        r"\b(?:(?:any|some)(?:one|body)|person|people|staff|team|rep|representative|expert|engineer|designer|word|statement"
        r"|response|reply|answer|explanation|help|comment|update)\s+(?:from|at|of|by|with|in)\s+BRAND(?!\w)"
    ),
    r"\b(?:can|could|will|would|won't|does|do|did|has|have|should|may|might)\s+BRAND(?:'s team)?\s+(?=\w)[^?]*\?",
    (
        r"(?<!\w)BRAND,?\s+(?:team|staff|support|people|folks|please|(?:can|could|will|would|do|are|have) you"
        r"|why (?:do|did|are|is|does|have)|when (?:will|are|do)|what (?:is|are|do))\b"
    ),
    (
        r"\b(?:ask|asking|tell|telling|contact(?:ed|ing)?|e-?mail(?:ed|ing)?|wr[io]te(?: to)?|call(?:ed|ing)?|reach"
        r"|heard?(?: back)? from|waiting (?:for|on))\s+BRAND(?!\w)"
    ),
)


def detect(case: Case) -> Finding | None:
    """The first customer message, since the company last replied, that speaks to it. Outside, every question does."""
    find = _asked_outside if case.is_outside else _asked_here
    found = case.find_words(KIND, lambda said: find(case.text_of(said), case.words))
    return finding(KIND, *found, WEIGHT, RULE) if found else None


def _asked_here(text: str, words: Words) -> str:
    """“Hi Alder & Tarn, thank you!” speaks to us, and asks nothing."""
    return "" if only_thanks(text) else asking_words(text, words)


def _asked_outside(text: str, words: Words) -> str:
    """There a name is only an address; what counts is whether something is asked."""
    sure, named = judge(text).of(REQUEST), asking_words(text, words)
    if only_thanks(text) or sure < (LEAST_IF_NAMED if named else LEAST_REQUEST):
        return ""
    return requesting_words(text) or named


def requesting_words(text: str) -> str:
    """The words that weigh most for a wish to be answered."""
    return judge(text).evidence(REQUEST)


def asking_words(text: str, words: Words) -> str:
    """The words in `text` that speak to the company, as written; empty if none do."""
    text = without_quotes(text)
    mention = next((m for m in MENTION.finditer(text) if m.group(1).lower() in words.staff_names), None)
    if mention:
        return mention.group()
    return next((found for sentence in sentences(text) if (found := _in_sentence(sentence, words))), "")


def _in_sentence(sentence: str, words: Words) -> str:
    plain = straight(sentence)
    named = [pattern.search(plain) for pattern in _addressing(words.brand)]
    asked = [any_of(words.company).search(plain)] if _ASKS.search(plain) else []
    return quote(sentence, [*named, *asked])


@lru_cache(maxsize=32)
def _addressing(brand: tuple[str, ...]) -> tuple[re.Pattern[str], ...]:
    """Ways to speak to a company by name. Owning its jacket is none of them: “my Alder jacket leaks” passes."""
    if not brand:
        return ()
    name = "(?:" + "|".join(re.escape(straight(word)).replace(r"\ ", r"\s+") for word in brand) + ")"
    return tuple(re.compile(way.replace("BRAND", name), re.IGNORECASE) for way in _WAYS)
