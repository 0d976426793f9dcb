"""Small linear models: what a text is about, as a probability, and which of its words say so.

A model is a list of words and pairs of words with a weight each (words.tsv: word, then one number for each model, in
hundredths). A text's value is the sum of its words' weights over the square root of how many it has, plus the model's
own start value, so that every judgement can be traced to words. tests/bench/train_triage.py writes the file.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from math import exp, sqrt
from pathlib import Path

from staff.triage.features import LONGEST, Feature, features
from staff.triage.reading_text import EVIDENCE_LENGTH, SENTENCE, without_quotes

COMPLAINT, PRAISE, REQUEST, COMPARISON, BUYING = range(5)
FILE = Path(__file__).with_name("words.tsv")
LEAST_WORDS = 4
QUOTED = 14  # words at most, of a sentence longer than that many characters
LONGEST_SENTENCE = 120
Word = tuple[int, int, float]
Weights = tuple[float, ...]


@dataclass(frozen=True)
class Judgement:
    """Probabilities from 0 to 1, in the order of the models above."""

    probabilities: Weights
    found: tuple[Feature, ...]
    text: str

    def of(self, model: int) -> float:
        return self.probabilities[model]

    def evidence(self, model: int) -> str:
        """The sentence that weighs most for this, as written; of a long one the words in a row that weigh most."""
        words = _weighed_words(self.found, model)
        heaviest = max(_sentences(self.text), key=lambda span: _weight_of(words, span), default=(0, 0))
        start, end = heaviest
        if _weight_of(words, heaviest) <= 0:
            return ""
        if end - start > LONGEST_SENTENCE:
            start, end = _heaviest_run([word for word in words if start <= word[0] < end])
        return self.text[start:end].strip()[:EVIDENCE_LENGTH]

    def strongest(self, model: int) -> float:
        """The probability that the sentence which says it most clearly has by itself."""
        return max((judge(self.text[start:end]).of(model) for start, end in _sentences(self.text)), default=0.0)


@lru_cache(maxsize=128)
def judge(text: str) -> Judgement:
    """`text` without quotes of others and code. Never raises; a text without any known word gets the start values."""
    own = without_quotes(text)
    found = tuple(features(own))
    start_values, weights = _models()
    names = {feature.name for feature in found}
    known = [weights[name] for name in names if name in weights]
    scale = sqrt(max(LEAST_WORDS, len(names)))
    sums = (start + sum(column) / scale for start, column in zip(start_values, _columns(known), strict=True))
    return Judgement(tuple(1 / (1 + exp(-max(-30.0, min(30.0, value)))) for value in sums), found, own)


def _columns(rows: Sequence[Weights]) -> Iterator[Weights]:
    return zip(*rows, strict=True) if rows else iter([()] * len(_models()[0]))


@cache
def _models() -> tuple[Weights, dict[str, Weights]]:
    """The start values, and each word's weights."""
    rows = (line.split("\t") for line in FILE.read_text(encoding="utf-8").splitlines() if line[:1] != "#")
    weights = {name: tuple(int(number or 0) / 100 for number in numbers) for name, *numbers in rows}
    return weights.pop("<start>"), weights


def _sentences(text: str) -> list[tuple[int, int]]:
    return [match.span() for match in SENTENCE.finditer(text[:LONGEST]) if match.group().strip()]


def _weight_of(words: Sequence[Word], span: tuple[int, int]) -> float:
    weights = [weight for start, _, weight in words if span[0] <= start < span[1]]
    return sum(weights) / sqrt(max(LEAST_WORDS, len(weights)))


def _heaviest_run(words: Sequence[Word]) -> tuple[int, int]:
    """The stretch of at most so many neighbouring words that weighs most."""
    best, best_weight = (0, 0), 0.0
    for first, (begin, _, _) in enumerate(words):
        total = 0.0
        for _, end, weight in words[first : first + QUOTED]:
            total += weight
            if total > best_weight:
                best, best_weight = (begin, end), total
    return best


def _weighed_words(found: Sequence[Feature], model: int) -> list[Word]:
    """Start, end and weight of each word; a pair gives half its weight to either of its words."""
    _, weights = _models()
    words: list[Word] = []
    for feature in found:
        weight = weights[feature.name][model] if feature.name in weights else 0.0
        if " " not in feature.name:
            words.append((feature.start, feature.end, weight))
        elif weight:
            words[-2:] = [(start, end, before + weight / 2) for start, end, before in words[-2:]]
    return words
