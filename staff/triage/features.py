"""A text as the words and pairs of words that a model weighs, each with its place, so that they can be quoted."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from staff.triage.reading_text import straight

LONGEST = 4000  # characters that are read: whoever writes more has said it by then
_TOKEN = re.compile(
    r"""(?P<url>https?://\S+|www\.\S+)
    |(?P<name>@\w+)
    |(?P<smile>[:;=]-?[)DPp]|<3|\^_\^)
    |(?P<frown>[:;=]'?-?[(/|\\]|-\.-)
    |(?P<number>[$£€]?\d+(?:[.,:]\d+)*%?)
    |(?P<word>[^\W\d_]+(?:'[^\W\d_]+)*)
    |(?P<mark>[?!]+|\.{2,}|…)
    |(?P<emoji>[\u2600-\u27bf\U0001f300-\U0001faff])""",
    re.VERBOSE,
)
_STRETCHED = re.compile(r"(.)\1{2,}")
_NEGATIONS = frozenset({"not", "no", "never", "nothing", "hardly", "barely", "without", "cannot", "cant", "dont"})
_NEGATED_WORDS = 3


class Feature(NamedTuple):
    """`name` as the model knows it; `start` and `end` are its place in the text."""

    name: str
    start: int
    end: int


def features(text: str) -> Iterator[Feature]:
    """Words (those that a “not” turns around are marked so), and pairs of neighbours. No text is ever refused."""
    before: Feature | None = None
    negated = 0
    for token in tokens(straight(text[:LONGEST])):
        is_word = token.name[:1].isalpha()
        yield Feature(f"not_{token.name}", token.start, token.end) if negated and is_word else token
        if before is not None:
            yield Feature(f"{before.name} {token.name}", before.start, token.end)
        negated = _still_negated(token.name, negated)
        before = token


def _still_negated(word: str, left: int) -> int:
    if word in _NEGATIONS or word.endswith("n't"):
        return _NEGATED_WORDS
    return max(0, left - 1) if word[:1].isalpha() else 0


def tokens(text: str) -> Iterator[Feature]:
    for match in _TOKEN.finditer(text):
        yield Feature(_name(match), match.start(), match.end())


def _name(match: re.Match[str]) -> str:
    kind, text = match.lastgroup, match.group()
    if kind == "word":
        return _STRETCHED.sub(r"\1\1", text.lower())
    if kind == "mark":
        return text[0] if text[0] in "?!" else "…"
    return text if kind == "emoji" else f"<{kind}>"
